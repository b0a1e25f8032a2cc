# 携帯用ページの配り方。

page-written = これらのファイルを HTTPS のウェブサーバーに置くか、{ $file } だけを携帯に送ってください。ファイルのままでも使えます。
    ページに入力したものが携帯の外へ出ることはありません。
page-serving-secure = 携帯のカメラで上のコードを読み取るか、アドレスを入力してください。携帯とこのコンピューターを同じネットワークにつなぎます。
    携帯に「証明書の発行元が不明」という警告が出ます。このコンピューターが今作った証明書なので、それで正常です。
      iPhone：「詳細を表示」→「この Web サイトを閲覧」　Android：「詳細設定」→「アクセスする」
    次へ進む前に、証明書の SHA-256 フィンガープリントが次と同じか確かめてください。
      { $fingerprint }
    この警告があるため、携帯はページを保存しておけません。開いたままにするか、正式な証明書のあるウェブサーバーから読み込んでください。
    終わるときは Ctrl-C を押します。
page-serving-plain = このアドレスは、このコンピューターからだけ開けます。
    終わるときは Ctrl-C を押します。
page-serving-ended = ページの配信を終えました。

serve-no-network = このコンピューターはネットワークにつながっていません。
    .next = 携帯と同じネットワーク（携帯のテザリングでもかまいません）につなぐか、--bind でアドレスを指定してください。ネットワークがなければ「hikyaku page --out」を使ってください。
serve-address-in-use = { $address } で待ち受けられません：{ $reason }
    .next = --port で別のポートを、または --bind でこのコンピューターの別のアドレスを指定してください。
serve-plain-outside = { $address } での HTTP はネットワークの他の人に読まれるおそれがあり、携帯のカメラも使えません。
    .next = --plain を外して、HTTPS で配信してください。
serve-certificate = 証明書を作れませんでした：{ $reason }
    .next = 「hikyaku page --out」でファイルを書き出し、ウェブサーバーに置いてください。不具合として報告してください。
serve-ended = ページの配信が止まりました：{ $reason }
    .next = もう一度コマンドを実行してください。
cli-built-without-serving = このプログラムは「page --serve」なしでビルドされています。
    .next = 「hikyaku page --out フォルダー」で書き出すか、機能「serve」を付けてビルドしてください。

help-page = 携帯用ページを配る（ファイルに書き出す、または周りの携帯に配信する）
help-page-arg-out = ページを書き出すフォルダー（ウェブサーバーに置く、ファイルで送る）
help-page-arg-serve = ローカル ネットワークに HTTPS で配信する（Ctrl-C まで）
help-page-arg-port = 待ち受けるポート。0 なら空いているもの（指定がなければ 8443）
help-page-arg-bind = 待ち受けるこのコンピューターのアドレス（指定がなければ自動）
help-page-arg-plain = このコンピューターのブラウザーだけに HTTP で配信する
help-page-examples =
    hikyaku page --out ページ
    hikyaku page --serve
help-practice-film = 画面の画像がカメラにどう写るかを作る
help-practice-film-arg-pictures = 画面の画像
help-practice-film-arg-output = 書き出す写真（.jpg）、または全部の画像を順に写した動画（.y4m）
help-practice-film-arg-camera = カメラ：phone、webcam（指定がなければ webcam）
help-practice-film-arg-seed = 乱数の種。同じ種は同じ動画になる（指定がなければ 1）
help-practice-film-arg-frames = 動画にする画像 1 枚あたりのコマ数（1～300、指定がなければ 10）
help-practice-film-arg-width = コマの幅（指定がなければ 1280）
help-practice-film-arg-height = コマの高さ（指定がなければ 720）
help-practice-film-examples =
    hikyaku practice film reply.png -o photo.jpg --seed 7

trip-file-too-large = ファイルが大きすぎます（巡回ファイルは { $limit } バイトまでです）。
    .next = 携帯用ページまたは飛脚で保存した巡回ファイルを選んでください。
trip-file-not-json = 巡回ファイルではないか、壊れています。
    .next = 携帯用ページで巡回をもう一度保存し、そのファイルを選んでください。
trip-file-not-a-trip = このファイルに巡回の記録はありません。
    .next = 携帯用ページまたは飛脚で保存した巡回ファイルを選んでください。
trip-file-newer = 新しい版で保存された巡回ファイルです（形式 { $version }）。
    .next = この端末の飛脚を更新してから、もう一度開いてください。何も変更していません。
trip-file-duplicate-key = 巡回ファイルに同じ項目が二つあります。保存した後で書き換えられています。
    .next = 携帯用ページで巡回をもう一度保存し、そのファイルを選んでください。
trip-file-malformed = 巡回ファイルにあるはずのない内容があります。保存した後で書き換えられています。
    .next = 携帯用ページで巡回をもう一度保存し、そのファイルを選んでください。
trip-file-wrong-groups = 巡回ファイルの番号が壊れています（{ $field }、枠 { $groups }）。
    .next = 携帯用ページで巡回をもう一度保存し、そのファイルを選んでください。

parts-not-a-part = このコードは巡回の一部ではありません。
    .next = もう一台の端末の動くコードにカメラを向けてください。
parts-other-type = この動くコードは飛脚の巡回ではありません。
    .next = もう一台の端末で巡回の記録を開き、「引き渡す」を選んでください。
parts-damaged = 巡回の一部が途中で壊れました。
    .next = そのままカメラを向けていてください。同じ部分がもう一度出ます。
parts-other-trip = 前とは別の巡回の一部です。
    .next = 動くコードを一つだけカメラに向けるか、最初からやり直してください。
parts-too-large = この動くコードは巡回としては大きすぎます。
    .next = 巡回をファイルで渡してください。
