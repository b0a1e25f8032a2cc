# カメラ。

camera-no-camera = カメラが見つかりません。
    .next = カメラをつないでください。カメラがなくても、スキャナーか手入力で返信を入れられます。
camera-no-media-foundation = この Windows にはメディア機能パックがないので、カメラを使えません。
    .next = 設定の「アプリ」→「オプション機能」で「メディア機能パック」を追加してください（N・KN エディション）。サーバーでは、機能「メディア ファンデーション」を追加します。なくても、スキャナーと手入力は使えます。
camera-not-found = カメラ「{ $name }」がありません。
    .next = { $cameras ->
        [0] カメラをつないでください。
       *[other] つながっているカメラ：{ $present }
    }
# Where no camera could be listed, there is no name.
camera-called = { $named ->
        [0] カメラ
       *[other] カメラ「{ $name }」
    }
camera-blocked = { camera-called }を使う許可がありません。
    .next = { $system ->
        [windows] 設定の「プライバシーとセキュリティ」→「カメラ」で、アクセスと「デスクトップ アプリ」をオンにしてください。カメラのスイッチやふた、管理者の規則で止められていることもあります。
       *[other] このユーザーにカメラ（/dev/video*）を開く権限を付けてください（多くの場合、グループ video に加えます）。
    }
camera-busy = { camera-called }は、ほかのアプリが使っています。
    .next = カメラを使っているアプリ（会議アプリ、カメラ アプリなど）を閉じてください。
camera-unplugged = { camera-called }が外れました。
    .next = ケーブルを確かめて、つなぎ直してください。つながれば続きから始まります。
camera-stalled = { camera-called }から映像が来ません。
    .next = カメラのふたやスイッチを確かめ、直らなければつなぎ直してください。映像が来れば続きから始まります。
camera-no-usable-format = { camera-called }の映像は形式が合わず、使えません。
    .next = ほかのカメラを選んでください。なければ、スキャナーか手入力で返信を入れてください。
camera-failed = { camera-called }が使えません：{ $reason }
    .next = つなぎ直すか、ほかのカメラを選んでください。スキャナーか手入力でも返信を入れられます。
camera-folder-unreadable = カメラ代わりのフォルダー { $folder } を読めません：{ $reason }
    .next = フォルダーの名前と場所を確かめてください。

cameras-name = 名前
cameras-kind = 種類
cameras-place = 場所
cameras-next = 「hikyaku scan --camera 名前」で、そのカメラを使います。
camera-kind-ordinary = カメラ
camera-kind-virtual = 仮想カメラ
camera-kind-infrared = 赤外線カメラ（読み取りには不向き）

live-begun = カメラ「{ $name }」に、返信の QR コードをかざしてください（25～35 cm）。やめるには Ctrl-C。
live-begun-again = カメラ「{ $name }」の映像が戻りました。
live-cancelled = 中止しました。
live-nothing = 時間内に返信を読み取れませんでした。
    .next = 携帯の明るさを下げ、25～35 cm 離して、画面の 3 分の 1 ほどに写してください。手入力（hikyaku enter）もできます。
