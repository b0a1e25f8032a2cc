# PC のウィンドウ。

window-title = 飛脚
window-step-show = 見せる
window-step-read = 読み取る
window-step-done = 完了
window-practice = 練習モード
window-practice-line = 番号はすべて練習用です。本物のライセンス認証は行われません。
window-language = English
window-button-about = この画面について
window-others = 製品の一覧（{ $count } 件、待ち { $waiting } 件）

window-show = この QR コードを携帯で撮り、番号をポータル aka.ms/aoh に入力します
window-show-practice = この QR コードを携帯で撮り、練習用ポータルで確認 ID を受け取ります
window-request-symbol = { $product } のインストール ID の QR コード
window-show-later = ほかに { $count } 件の製品が確認 ID を待っていますが、この QR コードには入りきりません。
    .next = 入っている製品が認証されると、残りが表示されます。先に必要な製品は、製品の一覧から選んでください。
window-receipt = この QR コードを携帯で読み取ると、記録されます
window-receipt-symbol = 受領証の QR コード
window-receipt-line = PC 名、製品、結果、時刻が入っています。番号やキーは入っていません。
window-receipt-earlier = 前の結果 { $count } 件は入りきりません。

window-starting = ライセンスの状態を読んでいます…
    .next = {""}
window-await = 携帯の返信を、カメラに見せてください
    .next = 25～35 cm 離して、画面の 3 分の 1 ほどに写します。見えればすぐに登録されます。
window-by-hand = 返信は、スキャナーか手入力で入れられます
    .next = 下の枠に、確認 ID（A～H）か返信の数字を入れてください。
window-taken = 返信を読み取りました。登録しています…
    .next = Windows が確認を求めたら「はい」を選んでください。登録には管理者の権限が要ります。
window-taken-practice = 返信を読み取りました。登録しています…
    .next = { $product }（キー末尾 { $tail }）
window-one-done = { $product }（キー末尾 { $tail }）は認証されました
    .next = 続けて、この製品の QR コードを携帯で撮ってください。

window-field = 確認 ID を入れる
window-field-help = スキャナーか数字キーで。A～H でその枠を直せます。
window-enter-submits = そろいました。Enter で登録します。
window-enter-bare = 48 桁です。枠 H の後ろ（#）に数字があれば続けて入力し、なければ Enter で登録します。
window-incomplete = あと { $missing } 桁足りません。
    .next = {""}
window-wrong-box = 枠 { $group } の数字が違います。{ $group } を打つと、その枠だけを入れ直せます。
window-wrong-boxes = 違っている枠：{ $groups }。枠の文字を打つと、その枠だけを入れ直せます。
window-button-submit = 登録
window-button-paste = 貼り付け
window-button-clear = 消す

window-camera = カメラ：{ $name }
window-camera-opening = カメラを開いています…
window-camera-none = カメラなし
window-camera-off = カメラは使っていません。
    .next = 下の枠に、スキャナーか手入力で入れてください。
window-button-mirror = 左右反転
window-preview = カメラの映像
window-cameras = カメラを選ぶ
window-cameras-lead = 選んだカメラは、次からも使います。
window-cameras-none = カメラが見つかりません。つなぐと、ここに出ます。スキャナーか手入力でも返信を入れられます。

window-products = この PC の製品
window-products-lead = 待っている製品を選ぶと、その QR コードを表示します。
window-waits = 確認 ID を待っています
window-whose = どの製品の確認 ID ですか
window-whose-lead = この番号には相手の情報がなく、待っている製品が複数あります。ポータルで選んだ製品を選んでください。

window-done = 認証されました
window-already-done = 認証済みです
window-done-all = この PC の作業は終わりです。
window-done-next = 残り { $count } 件。次は { $product }（キー末尾 { $tail }）です。まもなくその QR コードに移ります。
window-button-next = 次の製品へ

window-refused = Windows が受け付けませんでした
window-status = 状態
window-support = サポートに伝える情報
window-button-copy = コピー
window-copied = コピーしました
window-button-retry = もう一度登録
window-button-again = 読み直す
window-button-back = 戻る

window-changed = ハードウェアかキーが変わりました
    .next = 新しい QR コードです。前の番号は使えません。撮り直して、{ $product } の確認 ID を取り直します。
window-settle-changed = ハードウェアかキーが変わる前の返信です
    .next = 何も登録していません。新しい QR コードを撮り、{ $product } の確認 ID を取り直してください。
window-settle-other-pc-known = { $pc } への返信です。この PC ではありません。
    .next = 何も登録していません。この PC の QR コードを携帯で撮ると、この PC の返信が出ます。
window-settle-other-pc = 別の PC への返信です。この PC ではありません。
    .next = 何も登録していません。この PC の QR コードを携帯で撮ると、この PC の返信が出ます。
window-settle-other-product = 別の製品への返信です：{ $product }（キー末尾 { $tail }）
    .next = 何も登録していません。製品の一覧からその製品を選んでください。
window-settle-still-other-pc-known = 前に断られた確認 ID です。{ $pc } 用で、この PC のものではありません
    .next = 何も登録していません。{ $pc } で使ってください。この PC には、この PC の返信を見せてください。
window-settle-still-other-pc = 前に断られた確認 ID です。別の PC 用です
    .next = 何も登録していません。この PC の QR コードを携帯で撮ると、この PC の返信が出ます。
window-settle-still-other-product = この確認 ID は別の製品用です：{ $product }（キー末尾 { $tail }）
    .next = 何も登録していません。製品の一覧からその製品を選んでください。
window-settle-still-changed = 前に断られた確認 ID です。{ $product } のハードウェアまたはキーが変わる前のものです
    .next = 何も登録していません。新しい QR コードを撮り、確認 ID を取り直してください。
window-settle-still-damaged = この 48 桁は、前に枠 H の後ろの数字と一緒に読まれ、その数字が壊れていました
    .next = 何も登録していません。枠 H の後ろの数字も入力してください。
window-bare-seen = 確認 ID だけでは、どの PC のものか分かりません
    .next = 枠に入れました。この PC のものなら Enter を押してください。返信を見せるほうが確実です。
window-settle-already-licensed = { $product }（キー末尾 { $tail }）は認証済みです。
    .next = この返信ですることは、もうありません。
window-settle-nothing-pending = 確認 ID を待っている製品がありません。何も登録していません。
    .next = F5 で読み直せます。
window-settle-chosen-not-pending = 選ばれた製品は、確認 ID を待っていません。何も登録していません。
    .next = F5 で読み直せます。
window-nothing-waits = この PC には、確認 ID で認証できる製品がありません
    .next = 理由は下のとおりです。直してから、読み直してください。

window-scan-is-request = これは申請（インストール ID）で、返信ではありません。
    .next = ポータルで受け取った確認 ID の、返信の QR コードを見せてください。
window-scan-is-receipt = これは受領証で、返信ではありません。
    .next = 携帯に返信の QR コードを出して、見せてください。
window-scan-is-damaged = 数字は読めましたが、返信としては壊れています。
    .next = 携帯に返信を出し直して、もう一度見せてください。
window-scan-is-other = 飛脚の返信ではない QR コードが写っています。
    .next = 返信の QR コードだけを見せてください。

window-deposit-product-gone = この製品は、ライセンス ストアからなくなりました。何も登録していません。
    .next = 製品の一覧（F3）で確かめてください。
window-deposit-not-pending = この製品は、確認 ID を待っていません。何も登録していません。
    .next = 製品の一覧（F3）で今の状態を確かめてください。
window-deposit-practice-mixed = { $store ->
        [practice] 本物の確認 ID です。練習用の PC には登録できません。
       *[real] 練習用の確認 ID です。本物の PC には登録できません。
    }
    .next = { $store ->
        [practice] 練習用ポータルの確認 ID を使ってください。
       *[real] ポータル aka.ms/aoh の確認 ID を使ってください。
    }
window-store-refused = Windows が受け付けませんでした（{ $code }）。
    .next = もう一度試し、直らなければ PC を再起動してください。
window-store-unexpected-row = ライセンス ストアの項目 { $property } がないか、読めません。
    .next = PC を再起動して、もう一度開いてください。
window-store-not-windows = この PC は Windows ではないので、ライセンス ストアがありません。
    .next = 認証する Windows PC で開いてください。練習は「hikyaku practice new-pc 練習.json」の後に「hikyaku --practice 練習.json window」でできます。
window-memory-damaged = 表示の記録 { $file } が壊れていたので、今回だけハードウェアの変更に気付けません。
    .next = 壊れた記録は別の名前で残し、新しい記録を始めました。作業は続けられます。
window-memory-newer = 表示の記録 { $file } は、より新しい飛脚で作られているので、ハードウェアの変更に気付けません。
    .next = その飛脚を使ってください。ここで作業を続けることもできます。
window-memory-io = 表示の記録 { $file } を読み書きできないので、後でハードウェアの変更に気付けません。
    .next = 作業は続けられます。
window-hresult-not-elevated = 管理者の権限が得られなかったので、登録できませんでした。
    .next = もう一度登録し、Windows の確認で「はい」を選んでください。確認が出なければ、飛脚を右クリックして「管理者として実行」で開き直してください。
window-hresult-mismatch = インストール ID と確認 ID が対応していません。
    .next = 別の PC の確認 ID か、キーまたはハードウェアが変わっています。表示中の QR コードを撮り、新しい確認 ID を受け取ってください。
window-hresult-changed = QR コードを撮った後に、プロダクト キーまたはハードウェアが変わりました。
    .next = 表示中の QR コードを撮り、新しい確認 ID を受け取ってください。
window-obstacle-no-installation-id = インストール ID が読めないので、確認 ID は使えません。
    .next = PC を再起動して、もう一度開いてください。

window-about-lead = オフラインの Windows PC のライセンス認証を、QR コードで外と行き来させます。
window-about-version = 版 { $version }
window-about-keys = キー
window-about-key-digits =
    数字、A～H 確認 ID を入れる
    Enter 登録　Esc 戻る・消す
window-about-key-f =
    F1 この画面　F2 言語　F3 製品
    F5 読み直す　F6 左右反転　F7 カメラ
window-about-privacy = 番号は暗号化しない QR コードに入ります。プロダクト キー、アカウント、パスワードは扱いません。ネットワークは使いません。
window-about-licence = MIT または Apache-2.0。画面は Slint で描いています。

window-no-display = ウィンドウを開けません：{ $reason }
    .next = 画面のある PC で開くか、「hikyaku show」と「hikyaku enter」を使ってください。

help-window = この PC のウィンドウを開く（見せる・読み取る・完了が一つの画面で進む）
help-window-arg-camera = 使うカメラの名前（なければ、前に選んだカメラか、最初に開けたカメラ）
help-window-arg-camera_folder = カメラの代わりに、フォルダーの写真を順に見せる
help-window-arg-no_camera = カメラを使わない（スキャナーと手入力だけ）
help-window-arg-size = ウィンドウの大きさ
help-window-examples =
    hikyaku window
    hikyaku window --camera "Webcam HD"
    hikyaku --practice pc.json window --camera-folder replies

# 返信ボード（hikyaku deliver --window）
board-title = 返信を届ける
board-hint = この記号を PC のカメラかスキャナーに見せます。PC 名が違うときは、下の一覧から選び直してください。
board-describes = { $pc } への返信の QR コード
board-previous = 前へ
board-next = 次へ
board-search = PC 名で探す（Esc で全部）
board-shown = 見せた
board-nobody = その名前の PC への返信はありません。
    .next = Esc を押すと、すべての返信に戻ります。
