# 誤り：何が起きたか（値）と、次に何をすればよいか（next）。

## 番号



number-empty = 数字がありません。
    .next = インストール ID（63 または 54 桁）か確認 ID（48 桁）を入力してください。
number-too-long = 入力が長すぎます（{ $limit } 文字まで）。
    .next = 番号を一つだけ入力してください。
number-foreign-character = { $position } 文字目の「{ $character }」は数字ではありません。
    .next = 数字だけを入力してください。O（オー）と 0（ゼロ）、I や l と 1 の見間違いに注意してください。
number-wrong-length = 桁数が合いません：{ $expected } 桁のところ { $found } 桁です。
    .next = { $suspect-count ->
        [0] 抜けた枠や余分な数字がないか、見比べてください。
       *[other] 枠 { $suspects } のどれかで数字が抜けているか、余分です。見比べてください。
    }
number-wrong-groups = 次の枠が合いません：{ $groups }
    .next = その枠の数字だけを見比べて、直してください。ほかの枠は合っています。
number-wrong-reply-check = 返信の番号が壊れています（末尾の検査数字が合いません）。
    .next = もう一度読み取ってください。手入力なら、枠 H の後ろの数字も含めて、すべて入力してください。
number-behind-missing = 枠 H の後ろの数字がありません。
    .next = この番号には枠 H の後ろにも数字がありました。それも入力するか、最初から入力し直してください。
number-two-numbers = 番号の後ろに、別の番号が続いています。どちらも使っていません。
    .next = 1 つの番号だけを入力してください。
number-other-kind = これは別の種類の番号です：{ $found ->
        [iid] インストール ID
        [cid] 確認 ID
        [typed-reply] 確認 ID と返信の照合数字
       *[reply] 返信（枠 H の後ろにも数字）
    }
    .next = { $wanted ->
        [iid] 63 または 54 桁のインストール ID を入力してください。
        [cid] 48 桁の確認 ID（A～H）を入力してください。
       *[reply] 60 桁の返信を入力してください。
    }

defect-missing = 枠 { $group }：{ $count } 桁足りません。
defect-extra = 枠 { $group }：{ $count } 桁多すぎます。
defect-wrong-check-digit = 枠 { $group }：どれかの数字が違います。

## ライセンス ストア

store-refused = Windows が受け付けませんでした（{ $code }）。
    .next = 「hikyaku status」で今の状態を確かめてください。
store-unreachable = ライセンス ストアに接続できません（{ $code }）：{ $reason }
    .next = サービス Software Protection (sppsvc) と Windows Management Instrumentation (winmgmt) を開始してから、やり直してください。
store-unexpected-row = ライセンス ストアの項目 { $property } がないか、読めません。
    .next = PC を再起動してやり直してください。直らなければ「slmgr /dlv」の結果を保存し、「hikyaku show --from ファイル」で表示できます。
store-not-windows = この PC は Windows ではないので、ライセンス ストアがありません。
    .next = 認証する Windows PC で実行してください。練習は「--practice ファイル」、保存した slmgr の結果は「show --from ファイル」で扱えます。
store-practice-file = 練習用ファイル { $file } を読み書きできません：{ $reason }
    .next = 書き込めるフォルダーのファイルを指定するか、「hikyaku practice new-pc」でそこに練習用の PC を作ってください。
store-practice-file-missing = { $file } に練習用の PC がありません。
    .next = 名前と場所を確かめるか、「hikyaku practice new-pc { $file }」で作ってください。
store-practice-file-exists = { $file } はもうあります。そのままにしてあります。
    .next = 新しい練習用の PC には、別の名前を付けてください。
store-practice-file-damaged = 練習用ファイル { $file } は壊れているか、練習用ファイルではありません：{ $reason }
    .next = ファイルはそのままにしてあります。「hikyaku practice new-pc」で別の名前の練習用 PC を作ってください。
store-practice-file-version = 練習用ファイル { $file } は、新しい版の飛脚で作られています（版 { $version }）。
    .next = ファイルはそのままにしてあります。新しい版の飛脚を使うか、「hikyaku practice new-pc」で別の名前の練習用 PC を作ってください。

deposit-product-gone = 製品 { $product } がライセンス ストアにありません。何も登録していません。
    .next = 「hikyaku status」で製品を確かめてください。
deposit-not-pending = 製品 { $product } は確認 ID を待っていません。何も登録していません。
    .next = 「hikyaku status」で今の状態を確かめてください。
deposit-tag-mismatch = 登録の直前に読み直したインストール ID が、返信の相手と違いました。何も登録していません。
    .next = 「hikyaku show」で新しいインストール ID を表示し、確認 ID を取り直してください。
deposit-practice-mixed = { $store ->
        [practice] 練習用の PC に、本物の確認 ID は登録できません。
       *[real] これは練習用の確認 ID です。本物の PC には登録できません。
    }
    .next = { $store ->
        [practice] 「hikyaku practice portal」で練習用の確認 ID を取得してください。
       *[real] ポータル（https://aka.ms/aoh）で本物の確認 ID を取得してください。
    }

memory-damaged = 表示の記録 { $file } が壊れています：{ $reason }
    .next = { $aside } という名前に変えて残し、新しい記録を始めました。このまま続けてください。前回の表示より後のハードウェアの変更には、今回だけ気付けません。
memory-newer = 表示の記録 { $file } は、より新しい飛脚（第 { $version } 版）で作られています。
    .next = その飛脚を使うか、「--memory 別のファイル」を付けてください。ファイルはそのままです。記録がないと、ハードウェアの変更に気付けません。
memory-io = 表示の記録 { $file } を読み書きできません：{ $reason }
    .next = ハードウェアの変更に気付けなくなります。「--memory 書き込めるファイル」を付けて、やり直してください。

## 確認 ID を使えない理由

obstacle-no-key = プロダクト キーが入っていないので、確認 ID は使えません。
    .next = 先にプロダクト キーを入れてください。
obstacle-kms-client = KMS クライアントです。認証は KMS ホストで行われ、確認 ID は使えません。
    .next = 単独で認証するには、MAK またはリテールのキーを入れてください。
obstacle-virtual-machine = 仮想マシンの自動認証（AVMA）です。確認 ID は使えません。
    .next = 認証済みのホストの上で起動すれば、自動で認証されます。
obstacle-no-installation-id = インストール ID が読めないので、確認 ID は使えません。
    .next = PC を再起動して、もう一度「hikyaku status」を実行してください。

## 外へ出る前に知っておくこと

caveat-no-offline-way = Windows Pro for Workstations と Pro Education には、オフラインの認証方法がないとされ、ポータルで受け付けられないことがあります。
    .next = 外へ出る前に、Microsoft か販売元に確かめてください。受け付けられなければ、別のエディションのキーを入れるか、一度だけネットワークにつなぎます。
caveat-esu-year = 拡張セキュリティ更新（ESU）の { $year } 年目です。先に Windows 10 22H2、KB5066791、KB5072653 の順に入っている必要があり、キーは年ごとに別です。
    .next = 更新プログラムが入っていることと、必要な年であることを確かめてから、ほかと同じようにインストール ID を運んでください。

## コマンド

cli-file-unreadable = { $file } を読めません：{ $reason }
    .next = 名前と場所を確かめてください。
cli-file-unwritable = { $file } に書けません：{ $reason }
    .next = 書き込める場所か、空き容量があるかを確かめてください。
cli-standard-input = 標準入力を読めません：{ $reason }
    .next = ファイルの名前を指定してください。
cli-standard-output = 結果を書き出せません：{ $reason }
    .next = 出力先の空き容量を確かめてください。登録の結果は「hikyaku status」で確かめられます。
cli-nothing-entered = 数字が入力されないまま、入力が終わりました。何も登録していません。
    .next = 確認 ID の 48 桁（A～H）か、返信の 60 桁を入力してください。
cli-number-incomplete = { $digits } 桁で入力が終わりました。何も登録していません。
    .next = 確認 ID の 48 桁（A～H）か、返信の 60 桁を、最後まで入力してください。
cli-nothing-to-show = この PC には、確認 ID を待っている製品がありません。
    .next = 「hikyaku status」で各製品の状態と理由を確かめてください。
cli-unknown-product = 「{ $wanted }」に当たる製品がありません。
    .next = 「hikyaku status --json」で、キーの末尾 5 文字かライセンス認証 ID を確かめてください。
cli-ambiguous-product = 「{ $wanted }」に当たる製品が複数あります。
    .next = キーの末尾 5 文字か、ライセンス認証 ID で指定してください。
cli-unknown-image-format = { $file } の形式がわかりません。
    .next = 名前の末尾を .png か .svg にしてください。
cli-practice-mixed = 練習用の番号と本物の番号が混ざっています。
    .next = インストール ID と確認 ID を、同じ PC のものでそろえてください。
cli-answers-another = これは別のインストール ID への返信です。
    .next = インストール ID と確認 ID を、同じ PC のものでそろえてください。
cli-not-practice = { $masked } は練習用のインストール ID ではありません。
    .next = 本物のインストール ID は、Microsoft のポータル（https://aka.ms/aoh）で入力してください。
cli-no-receipt-yet = この PC では、まだ何も登録されていません。
    .next = 先に「hikyaku scan」か「hikyaku enter」で返信を読み込んでください。
cli-journey-broken = 練習が最後まで進みませんでした：未認証 { $open }、取り違えの見逃し { $slipped }、誤った登録 { $wrong }
    .next = 同じ --seed でもう一度実行し、--out の写真を確かめてください。

## 引数

usage-invalid-value = { $argument } に「{ $value }」は使えません。
    .next = { $choices ->
        [0] 「hikyaku コマンド --help」で使える値を確かめてください。
       *[other] 使える値：{ $possible }
    }
usage-missing-value = { $argument } に値がありません。
    .next = 「hikyaku --help」で使い方を確かめてください。
usage-unknown-argument = { $argument } という指定はありません。
    .next = 「hikyaku --help」または「hikyaku コマンド --help」で使い方を確かめてください。
usage-unknown-command = 「{ $subcommand }」というコマンドはありません。
    .next = 「hikyaku --help」でコマンドの一覧を確かめてください。
usage-missing-argument = 足りないものがあります：{ $argument }
    .next = 「hikyaku コマンド --help」で例を確かめてください。
usage-missing-command = コマンドがありません。
    .next = 使えるコマンド：{ $commands }
usage-conflict = { $argument } と { $prior } は同時に指定できません。
    .next = どちらか一つにしてください。
usage-not-text = 文字として読めない引数があります。
    .next = 引数を確かめてください。
usage-other = 引数の組み合わせが正しくありません。
    .next = 「hikyaku --help」で使い方を確かめてください。

## 写真

picture-empty = ファイルが空です。
    .next = 写真を撮り直すか、コピーし直してください。
picture-too-large = ファイルが大きすぎます（{ $bytes } バイト、上限 { $limit } バイト）。
    .next = QR コードの写ったふつうの写真（PNG、JPEG、WebP、BMP、GIF）を指定してください。
picture-unknown-format = 写真として読めない種類のファイルです。
    .next = PNG、JPEG、WebP、BMP、GIF のどれかで保存し直してください。iPhone の HEIC は「互換性優先」で撮ると JPEG になります。
picture-damaged = 写真のファイルが壊れています：{ $reason }
    .next = 写真を撮り直すか、コピーし直してください。
picture-too-many-pixels = 写真が大きすぎます（{ $width } × { $height } ピクセル）。
    .next = ふつうの大きさで撮り直すか、縮小してください。
digits-damaged = 飛脚の、数字を読み取る部分が壊れています。
    .next = 飛脚を入手し直してください。QR コードの読み取りと手入力は、このまま使えます。

## QR コード

symbol-empty = QR コードにする文字がありません。
    .next = 番号を指定してください。
symbol-too-long = 1 つの QR コードに入りきりません（{ $characters } 文字）。
    .next = --product で製品を一つずつ表示してください。
symbol-module-size = 1 モジュール { $module-pixels } ピクセルでは描けません。
    .next = --module に 1 から { $most } までの値を指定してください。
symbol-terminal-too-small = 端末が小さすぎて QR コードを描けません（{ $columns } 桁 × { $rows } 行、必要なのは { $needed-columns } 桁 × { $needed-rows } 行）。
    .next = ウィンドウを広げるか文字を小さくする、--compact を付ける、または -o ファイル.png で書き出してください。番号は下に表示しています。
symbol-encoder = QR コードを作れませんでした：{ $reason }
    .next = 番号を手で入力して進めてください。不具合として報告をお願いします。

## 携帯と PC のあいだで運ぶ内容（パケット）

packet-not-a-packet = 飛脚の QR コードの内容ではありません。
    .next = 飛脚が表示した QR コードを読み取ってください。
packet-unknown-kind = 知らない種類の内容です（{ $kind }）。
    .next = 新しい版の飛脚を使ってください。
packet-unknown-version = 新しい版の飛脚が作った内容です（種類 { $kind }、版 { $version }）。
    .next = この飛脚を新しい版に入れ替えてください。
packet-too-large = 内容が長すぎます（{ $limit } 文字まで）。
    .next = 飛脚が表示した QR コードを読み取ってください。
packet-not-base64 = 内容が壊れています（{ $position } 文字目）。
    .next = QR コードをもう一度読み取ってください。文字を写したのなら、全部を写し直してください。
packet-truncated = 内容が途中で切れています。
    .next = QR コードをもう一度読み取ってください。文字を写したのなら、最後まで写してください。
packet-not-cbor = 内容が壊れています（{ $offset } バイト目）。
    .next = QR コードをもう一度読み取ってください。
packet-too-deep = 内容の入れ子が深すぎます（{ $limit } 段まで）。
    .next = 飛脚が表示した QR コードを読み取ってください。
packet-trailing-bytes = 内容の後ろに余分なものがあります（{ $count } バイト）。
    .next = QR コードをもう一度読み取ってください。
packet-wrong-key = 内容に知らない形の項目があります。
    .next = 飛脚が表示した QR コードを読み取ってください。
packet-duplicate-key = 項目 { $key } が二つあります。
    .next = QR コードを表示し直して、もう一度読み取ってください。
packet-missing-field = 項目 { $field } がありません。
    .next = QR コードを表示し直して、もう一度読み取ってください。
packet-wrong-type = 項目 { $field } の種類が違います。
    .next = QR コードを表示し直して、もう一度読み取ってください。
packet-malformed = 項目 { $field } の値が正しくありません。
    .next = QR コードを表示し直して、もう一度読み取ってください。
packet-wrong-groups = 項目 { $field } の番号が合いません：枠 { $groups }
    .next = QR コードを表示し直して、もう一度読み取ってください。
packet-wrong-count = 項目 { $field } の数が { $found } です（{ $least }～{ $most } まで）。
    .next = 製品や PC を分けて、もう一度表示してください。
packet-same-product-twice = 同じ製品が二つあります：{ $product }
    .next = QR コードを表示し直して、もう一度読み取ってください。

link-no-message = このリンクには飛脚の内容がありません。
    .next = 飛脚が表示した QR コードを読み取ってください。
link-too-long = ページのアドレスが長すぎます（{ $limit } 文字まで）。
    .next = もっと短い https アドレスを指定してください。
link-foreign-character = ページのアドレスの { $position } 文字目「{ $character }」は使えません。
    .next = 英数字と記号だけの https アドレスを指定してください。
link-not-an-address = ページのアドレスではありません。
    .next = https:// で始まるアドレスを指定してください。
link-not-secure = http:// のページは使えません（この機械自身を除く）。
    .next = https:// で始まるアドレスを指定してください。
link-has-fragment = ページのアドレスに # が入っています。
    .next = # より前だけを指定してください。
link-has-credentials = ページのアドレスにユーザー名やパスワードが入っています。
    .next = それらを除いたアドレスを指定してください。

## 貼り付け・保存した文字

pasted-empty = 文字がありません。
    .next = 「cscript //nologo slmgr.vbs /dti > dti.txt」のように保存し直してください。
pasted-too-large = ファイルが大きすぎます（{ $limit } バイトまで）。
    .next = slmgr または ospp.vbs の結果だけを保存したファイルを指定してください。
pasted-binary = 文字のファイルではありません。
    .next = slmgr または ospp.vbs の結果をテキストで保存してください。QR コードの写真なら「hikyaku decode」を使ってください。
pasted-nothing-found = インストール ID が見つかりません。
    .next = 「slmgr.vbs /dti」「slmgr.vbs /dlv」「ospp.vbs /dinstid」のどれかの結果を、全部そのまま保存してください。
pasted-damaged-number = { $line } 行目の番号が合いません{ $count ->
        [0] {""}
       *[other] ：枠 { $groups }
    }
    .next = 保存し直すか、画面の番号と見比べてください。番号を推測で直すことはしません。

## カメラの横に出す助言：何が見えているか、何を変えるか

hint-too-bright = 画面が明るすぎて、カメラに写りません。
    .next = 携帯の明るさを下げてください。
hint-too-dark = 暗すぎます。
    .next = 携帯の明るさを上げるか、明かりをつけてください。
hint-dark-mode = QR コードが白黒逆（暗い背景）で表示されています。
    .next = 携帯のダーク モードを切ってください。
hint-too-far = QR コードが小さすぎます（1 モジュール { $pixels } ピクセル）。
    .next = 25～35 cm まで近づけて、画面の 3 分の 1 ほどに写してください。
hint-out-of-focus = ピントが合っていません。
    .next = 少し離して（25～35 cm）、そのまま待ってください。
hint-glare = QR コードに光が反射しています。
    .next = 携帯を少し傾けるか、照明をさえぎってください。
hint-motion = 画像がぶれています。
    .next = ひじや手を何かに当てて、動かさずに持ってください。
hint-cut-off = QR コードの一部が画面の外にあります。
    .next = 白い余白ごと、中央に入れてください。
hint-part = この QR コードは { $of } 個に分けた内容の { $number } 個目で、これだけでは使えません。
    .next = 全体を 1 つの QR コードで表示するか、番号を入力してください。飛脚はこの形の QR コードを作りません。
hint-nothing = QR コードが見当たりません。
    .next = カメラの前、25～35 cm に QR コードをかざしてください。
