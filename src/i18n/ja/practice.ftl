# 練習モード。

practice-mode = 【練習モード】番号はすべて練習用です。本物のライセンス認証は行われません。
show-next-practice = 「hikyaku practice portal」で練習用の確認 ID を取得し、「hikyaku reply」で返信にして、「hikyaku scan」か「hikyaku enter」で読み込んでください。
practice-pc-made = 練習用の PC を { $file } に作りました。
practice-hardware-changed = 練習用の PC のハードウェアを変えました。インストール ID が新しくなり、前の確認 ID は使えません。
practice-portal-next = これは練習用の確認 ID です。「hikyaku reply」で返信の QR コードにできます。

run-bar = 練習中
run-column-pc = PC
run-column-request = 申請の読み取り
run-column-reply = 返信の読み取り
run-column-receipt = 受領証の読み取り
run-column-turned-away = 他の PC の返信を拒否
run-column-outcome = 認証
run-totals = PC { $pcs } 台、製品 { $products } 件中 { $activated } 件を認証。わざと取り違えた返信 { $mixups } 件中 { $refused } 件を拒否、誤った登録 { $wrong } 件。画面 { $screens } 枚中 { $first } 枚（{ $share }％）を最初の写真で読み取り、写真は全部で { $photographs } 枚、{ $seconds } 秒。
run-by-step = 読み取った方法：{ $steps }
run-good = ✓ すべて認証され、取り違えはすべて拒否されました。
run-page-written = 写真の一覧：{ $file }
run-trip-written = この作業の記録：{ $file }（「hikyaku trip import」で取り込めます）

rehearsal-packet = 練習の途中で、伝える内容を書けませんでした：{ $reason }
    .next = 台数を減らして、もう一度実行してください。直らなければ不具合として報告してください。
rehearsal-symbol = 練習の途中で、QR コードを作れませんでした：{ $reason }
    .next = 台数を減らして、もう一度実行してください。直らなければ不具合として報告してください。
rehearsal-camera = 練習の途中で、写真を作れませんでした：{ $reason }
    .next = 別の --seed で、もう一度実行してください。直らなければ不具合として報告してください。
rehearsal-photograph = 写真 { $file } を書けません：{ $reason }
    .next = 書き込める場所か、空き容量があるかを確かめてください。

page-title = 飛脚の練習記録
page-lead = 練習用の PC の画面を、カメラの見え方の模型で撮影し、その写真だけを頼りに進めた記録です。写真から読めなかったことは、次の段階には伝わっていません。
page-photographs = 写真
page-figure-activated = 認証された製品
page-figure-mixups = 拒否した取り違え
page-figure-first = 最初の写真で読めた画面
page-figure-wrong = 誤った登録
page-read-by = { $step } が { $ms } ms で読み取り
page-not-read = 読み取れず（{ $ms } ms）、撮り直し
page-attempt = { $attempt } 枚目
page-took = 写真 { $photographs } 枚、{ $seconds } 秒。赤い線は撮り直した写真、黄色い線はわざと別の PC に見せた返信です。
stage-request = 申請を撮影
stage-recognise = PC を見分ける
stage-reply = 返信を見せる
stage-mix-up = わざと別の PC に見せた返信
stage-receipt = 受領証を撮影
