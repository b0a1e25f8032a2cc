# コマンドが言うこと。

show-next = この QR コードを携帯で撮り、番号をポータル（https://aka.ms/aoh）に入力してください。返ってきた返信は「hikyaku scan」か「hikyaku enter」で読み込みます。
show-later = ほかに { $count } 件の製品が確認 ID を待っていますが、この QR コードには入りきりません。
    .next = 入っている製品が認証されたら、「hikyaku show」で残りを表示してください。--page を外すと、製品ごとの QR コードになります。
show-all-activated = すべて認証済みです。することはありません。
show-pasted-number = 番号 { $number }
status-no-products = プロダクト キーの入った製品がありません。
    .next = 先にプロダクト キーを入れてください。
paint-written = QR コードを { $file } に書きました。
paint-next = ↑ 撮影したら Enter を押してください（次の製品の QR コードを表示します）。
man-written = マニュアルを { $folder } に書きました。

reply-title = インストール ID { $iid } への返信
reply-next = この QR コードを PC のカメラかスキャナーに見せてください（25～35 cm、画面の 3 分の 1 ほど）。

receipt-earlier = 前の結果 { $count } 件は、この QR コードに入りきりません。
    .next = 各製品の状態は「hikyaku status」で確かめてください。
receipt-next = この QR コードを携帯で読み取ると、記録が閉じます。

enter-prompt = 返信（60 桁）または確認 ID（48 桁、A～H）を入力し、Enter を押してください。途中で Enter を押しても続けられます。
enter-again = 違っている枠だけを直せます（例：C 996432）。最初から入力し直しても構いません。
enter-wrong-so-far = 違っている枠：{ $groups }（例のように直せます：C 996432）
enter-ask = 48 桁だけでは、どの PC のものか分かりません。枠 H の後ろに数字（# または 照合）があれば続けて入力し、なければ Enter を押してください。Enter を押すと { $product }（キー末尾 { $tail }）に使います。
enter-ask-several = 48 桁だけでは、どの製品のものか分かりません。枠 H の後ろに数字（# または 照合）があれば続けて入力し、なければ Enter を押してください。
enter-ask-check = まだ数字が続くなら入力し、この 2 桁で終わりなら Enter を押してください。

check-iid-holds = インストール ID：どの枠も合っています。タグ { $tag }
check-cid-holds = 確認 ID：どの枠も合っています。
check-reply-holds = 返信：どの枠も合っています。相手のタグ { $tag }
check-typed-reply-holds = 手入力用の返信：どの枠も合っています。どの PC のものかは、PC で照合数字から分かります。
check-practice = 練習用の番号です。

scan-nothing = QR コードを読み取れませんでした。
    .next = 携帯の明るさを下げ、25～35 cm 離し、コードが画面の 3 分の 1 ほどになるように撮り直してください。手入力は「hikyaku enter」でできます。
scan-more-symbols = この画像には、読み取れた数より多くの QR コードがあります。
    .next = 1 つずつ、または数個ずつ、コードが画面の 3 分の 1 ほどになるように撮ってください。
scan-doubtful = 番号は読めましたが、読み違えやすい数字があります（枠 { $groups }）。まだ使っていません。
    .next = ぶれないように、画面に近づいて撮り直してください。
decode-doubtful = 枠 { $groups } に、読み違えやすい数字があります。
    .next = 画面の表示と見比べてください。
scan-type-instead = 「hikyaku enter」で手入力もできます。
scan-is-request = これはインストール ID（申請）で、返信ではありません。
    .next = ポータル（https://aka.ms/aoh）で確認 ID を取得し、その返信の QR コードを見せてください。
scan-is-receipt = これは受領証で、返信ではありません。
    .next = 携帯で返信の QR コードを表示して、見せてください。
scan-is-damaged = 数字は読めましたが、返信としては壊れています。
    .next = 返信をもう一度表示して撮り直してください。
scan-is-other = 読めた QR コードは、飛脚の返信ではありません。
    .next = 返信の QR コードだけが写るように撮り直してください。
scan-bare-among-many = 確認 ID だけでは、どの PC のものか分かりません。この PC 用に選ばれたものでもないため、何も登録していません。
    .next = この PC のものなら、その画像だけを指定してください：「hikyaku scan 画像」。返信を見せるほうが確実です。
scan-several-bare = この画像には確認 ID が複数あり、どれがこの PC のものか分かりません。何も登録していません。
    .next = 正しいものを「hikyaku enter」で入力するか、返信を見せてください。
live-bare = 確認 ID だけでは、どの PC のものか分かりません。何も登録していません。
    .next = 返信を見せてください。返信がなければ、48 桁を「hikyaku enter」で入力してください。

settle-activated = ✓ 認証されました：{ $product }（キー末尾 { $tail }）
settle-show-receipt = 「hikyaku receipt」で受領証を表示できます。
settle-already-licensed = ✓ { $product } はすでに認証済みです。することはありません。
settle-refused = { $product }：ライセンス ストアが受け付けませんでした。状態：{ $status }、コード：{ $code }
settle-dry-run = 登録するとしたら：{ $product }（キー末尾 { $tail }）。何も登録していません。手で行う場合のコマンド：
settle-other-product = この返信は、この PC の別の製品用です：{ $product }（キー末尾 { $tail }）。何も登録していません。
    .next = --product を外すか、その製品を指定してください。
settle-changed = この返信は { $product } が前に表示したインストール ID へのものですが、その後にハードウェアまたはキーが変わりました。何も登録していません。
    .next = 「hikyaku show」で新しいインストール ID を表示し、確認 ID を取り直してください。
settle-other-pc-known = この返信は別の PC 用です：{ $pc }。何も登録していません。
    .next = { $pc } で読み取ってください。この PC には、この PC の返信を見せてください。
settle-other-pc = この返信は別の PC 用です。何も登録していません。
    .next = この PC の画面の QR コードを携帯で読み取り、その返信を表示してください。
settle-still-other-pc-known = この確認 ID は、前にこの PC で断られています。別の PC（{ $pc }）用です。何も登録していません。
    .next = { $pc } で使ってください。この PC には、この PC の返信を見せてください。
settle-still-other-pc = この確認 ID は、前にこの PC で断られています。別の PC 用です。何も登録していません。
    .next = スマホをこの PC の QR コードに向けて、表示された返信を見せてください。
settle-still-other-product = この確認 ID は、この PC の別の製品用だと分かっています：{ $product }（キー末尾 { $tail }）。何も登録していません。
    .next = --product を外すか、その製品を指定してください。
settle-still-changed = この確認 ID は、前にこの PC で断られています。{ $product } のハードウェアまたはキーが変わる前のものです。何も登録していません。
    .next = 「hikyaku show」で新しいインストール ID を表示し、確認 ID を取り直してください。
settle-still-damaged = この 48 桁は、前に枠 H の後ろの数字と一緒に読まれ、その数字が壊れていました。何も登録していません。
    .next = 枠 H の後ろの数字も入力してください。
settle-choose = この確認 ID には相手の情報がなく、待っている製品が複数あります。何も登録していません。
    .next = --product にキーの末尾 5 文字を付けて、どの製品か指定してください：
settle-nothing-pending = 確認 ID を待っている製品がありません。何も登録していません。
    .next = 「hikyaku status」で各製品の状態を確かめてください。
settle-chosen-not-pending = 指定された製品は、確認 ID を待っていません。何も登録していません。
    .next = 「hikyaku status」で各製品の状態を確かめてください。

cli-old-spelling = 「{ $old }」は「{ $new }」に変わりました。
    .next = 新しい書き方で、もう一度実行してください。使い方は「hikyaku コマンド --help」で確かめられます。
