# 使い方。キーはコマンドと引数の名前。

help-usage-heading = 使い方:
help-commands-heading = コマンド
help-options-heading = オプション
help-global-heading = 共通のオプション
help-arguments-heading = 引数
help-examples-heading = 例:

help = 飛脚 — ネットワークにつながない PC の Windows ライセンス認証を、QR コードで運びます
help-examples =
    hikyaku show                        この PC のインストール ID を QR コードで表示
    hikyaku scan --camera               返信をカメラで読み取り、登録する
    hikyaku scan reply.jpg              返信の写真を読み取り、登録する
    hikyaku enter                       返信を手入力またはスキャナーで入力
    hikyaku practice run --out 練習     全体を練習用の PC で通してみる

help-arg-lang = 表示する言語：ja または en（指定がなければシステムの言語）
help-arg-json = 結果を 1 件 1 行の JSON で標準出力に出す
help-arg-verbose = 詳しい経過を標準エラーに出す
help-arg-practice = 本物のライセンス ストアの代わりに、ファイルにある練習用の PC を使う
help-arg-memory = 表示したインストール ID の記録を置くファイル
help-arg-help = この説明を表示する
help-arg-version = バージョンを表示する
help-arg-output = QR コードをファイルに書く（.png または .svg）
help-arg-compact = 端末で半分の大きさに描く（ブロック文字が 1 桁幅の端末だけ）
help-arg-module = PNG の 1 モジュールあたりのピクセル数（1～64、指定がなければ 8）
help-arg-product = 製品：キーの末尾 5 文字、ライセンス認証 ID、または名前の一部
help-arg-page = 携帯用ページの https アドレス。QR コードがそのページを開くリンクになる
help-arg-pictures = 写真のファイル、またはそのフォルダー（PNG、JPEG、WebP、BMP、GIF）
help-arg-dry_run = 何をするかと、同じことをする slmgr のコマンドを表示するだけで、登録しない

help-show = この PC のインストール ID を QR コードで表示する
help-show-arg-from = ライセンス ストアの代わりに、保存した slmgr や ospp.vbs の結果を読む（- は標準入力）
help-show-examples =
    hikyaku show
    hikyaku show --product 3V66T -o iid.png
    cscript //nologo slmgr.vbs /dti > dti.txt  （別の PC で）
    hikyaku show --from dti.txt

help-scan = 写真またはカメラから返信を読み取り、この PC の製品に登録する
help-scan-arg-camera = カメラで読み取る。NAME はカメラの名前かその一部（省けば最初のカメラ）
help-scan-arg-camera_folder = カメラの代わりに、フォルダーの写真を 1 枚ずつ映す（練習用）
help-scan-arg-timeout = この秒数で読み取れなければやめる（カメラのとき。指定がなければ Ctrl-C まで続ける）
help-scan-examples =
    hikyaku scan reply.jpg
    hikyaku scan --dry-run 写真フォルダー
    hikyaku scan --camera
    hikyaku scan --camera "HD Webcam" --timeout 60

help-enter = 手入力・貼り付け・スキャナーで返信を入力し、登録する
help-enter-arg-trust_digits = 枠の検査数字が合わない 48 桁でも、Windows の判断に任せて登録する
help-enter-examples =
    hikyaku enter
    echo 092914273902996432764863869585514303965545262473442102583639 | hikyaku enter
    （違う枠だけを直すには「C 996432」と入力）

help-cameras = 使えるカメラの一覧を表示する
help-cameras-examples =
    hikyaku cameras
    hikyaku cameras --json

help-status = この PC の製品と、それぞれの状態・次にすることを表示する
help-status-examples =
    hikyaku status
    hikyaku status --json
    hikyaku --practice pc12.json status

help-reply = インストール ID と確認 ID から、返信の QR コードを作る
help-reply-arg-iid = インストール ID（63 または 54 桁）
help-reply-arg-cid = 確認 ID（48 桁、A～H）
help-arg-without_hikyaku = 飛脚のない PC 用。スキャナーが打ち込む形：command（管理者のコマンド プロンプト）、tabbed-boxes（枠の間に Tab）、digits（番号だけ）。省略すると command
help-reply-arg-activation_id = 製品のアクティベーション ID（コマンドに付ける。なければ Windows 本体）
help-reply-examples =
    hikyaku reply 4891263…9061121 092914…262473
    hikyaku reply 4891263…9061121 092914…262473 -o reply.svg
    hikyaku reply 4891263…9061121 092914…262473 --without-hikyaku

help-receipt = 登録の結果（受領証）を QR コードで表示する
help-receipt-examples =
    hikyaku receipt
    hikyaku receipt -o receipt.png

help-decode = 写真にある QR コードの文字と、画面に表示されたインストール ID・確認 ID の数字を表示する
help-decode-arg-joined = どの写真も同じ画面を写したもの（1 枚では読めない番号を、合わせて読む）
help-decode-examples =
    hikyaku decode photo.jpg
    hikyaku decode --json 写真フォルダー

help-check = 番号の各枠が合っているか確かめる
help-check-arg-number = インストール ID、確認 ID、または返信（区切りや全角も可）
help-check-examples =
    hikyaku check 092914 273902 996432 764863 869585 514303 965545 262473
    hikyaku check ０９２９１４－２７３９０２－９９６４３２－７６４８６３－８６９５８５－５１４３０３－９６５５４５－２６２４７３

help-practice = 本物の PC もポータルも使わずに練習する
help-practice-new-pc = 練習用の PC をファイルに作る
help-practice-new-pc-arg-file = 作るファイル（まだないもの）
help-practice-new-pc-arg-name = PC の名前
help-practice-new-pc-arg-serial = PC のシリアル番号
help-practice-new-pc-arg-esu = Windows 10 の ESU アドオンも入れる
help-practice-new-pc-arg-office = ボリューム ライセンスの Office も入れる
help-practice-new-pc-arg-kms_client = 確認 ID を使えない KMS クライアントも入れる
help-practice-new-pc-arg-not_elevated = 管理者ではないことにする
help-practice-new-pc-examples =
    hikyaku practice new-pc pc12.json --name 病棟3-PC12 --office
    hikyaku --practice pc12.json show
help-practice-change-hardware = 練習用の PC のハードウェアを変える（インストール ID が変わる）
help-practice-change-hardware-arg-file = 練習用の PC のファイル
help-practice-change-hardware-examples =
    hikyaku practice change-hardware pc12.json
help-practice-portal = 練習用のポータル：練習用インストール ID に確認 ID を返す
help-practice-portal-arg-iid = 練習用インストール ID（最初の枠が 0000000）
help-practice-portal-examples =
    hikyaku practice portal 000000094274140487161374312439757448517503179092218550913970984
help-practice-run = 何台もの練習用 PC で、表示・撮影・読み取り・登録の全体を通す
help-practice-run-arg-pcs = 練習用 PC の台数（1～500、指定がなければ 5）
help-practice-run-arg-seed = 乱数の種。同じ種は同じ練習になる（指定がなければ 1）
help-practice-run-arg-out = 写真と、それを並べた HTML ページを置くフォルダー
help-practice-run-examples =
    hikyaku practice run --pcs 10 --out 練習

help-completions = シェルの補完スクリプトを出力する
help-completions-arg-shell = シェル：bash、zsh、fish、powershell、elvish
help-completions-examples =
    hikyaku completions bash > ~/.local/share/bash-completion/completions/hikyaku
    hikyaku completions powershell >> $PROFILE
help-man = man ページを書き出す
help-man-arg-out = 書き出すフォルダー（指定がなければ今のフォルダー）
help-man-examples =
    hikyaku man --out ~/.local/share/man/man1

help-trip = 巡回の記録：始める、見る、やり取りする、合わせる、直す、消す
help-arg-trip = どの巡回か：名前かファイル（省略時は 1 つだけある巡回。HIKYAKU_TRIP でも指定可）
help-arg-files = ファイル
help-trip-new = 巡回を始める
help-trip-new-arg-name = 巡回の名前
help-trip-new-arg-site = PC のある場所
help-trip-new-arg-customer = お客様の名前
help-trip-new-arg-date = 訪問日（年-月-日）
help-trip-new-arg-technician = 作業者
help-trip-new-arg-way = 取り決めた方法：lend（1 借りる）・carry-in（2 持ち込む）・carry-out（3 持ち出す）
help-trip-new-arg-list = PC の一覧（「pc」の列がある CSV。「serial」「place」の列も使えます）
help-trip-new-examples =
    hikyaku trip new "病棟3" --customer 中央病院 --technician 佐藤
    hikyaku trip new "病棟3" --list pcs.csv --way carry-out
help-trip-list = このパソコンにある巡回の一覧
help-trip-list-examples =
    hikyaku trip list
help-trip-show = 巡回の各 PC がどこまで進んだかを見る
help-trip-show-examples =
    hikyaku trip show
    hikyaku trip show --trip "病棟3"
help-trip-export = 巡回を携帯や別のパソコンのために書き出す（.json）、または PC の一覧を書き出す（.csv）
help-trip-export-arg-file = 書き出すファイル
help-trip-export-examples =
    hikyaku trip export ward3.json
    hikyaku trip export pcs.csv
help-trip-import = 携帯の巡回ファイル、パケット、PC の一覧（CSV）を取り込む
help-trip-import-examples =
    hikyaku trip import ward3.hikyaku.json
    hikyaku trip import pcs.csv
help-trip-merge = 別の作業者の巡回を合わせる。何も失われず、食い違いは表示されます
help-trip-merge-examples =
    hikyaku trip merge suzuki.trip.db
    hikyaku trip merge suzuki.json --trip "病棟3"
help-trip-withdraw = 間違っていた確認 ID を取り消す（誰がいつ入力したものでも）
help-trip-withdraw-arg-pc = PC（「hikyaku trip show」に出る名前）
help-trip-withdraw-arg-product = 製品：名前の一部、またはキーの末尾 5 文字
help-trip-withdraw-examples =
    hikyaku trip withdraw WARD3-PC12
    hikyaku trip withdraw WARD3-PC12 --product Office
help-trip-activated = PC の画面で確かめたライセンス認証の完了を記録する（飛脚のない PC 用）
help-trip-activated-arg-pc = PC（「hikyaku trip show」に出る名前）
help-trip-activated-arg-product = 製品：名前の一部、またはキーの末尾 5 文字
help-trip-activated-examples =
    hikyaku trip activated WARD3-PC12
help-trip-choose = 複数ある確認 ID のうち、正しいものを選ぶ
help-trip-choose-arg-pc = PC（「hikyaku trip show」に出る名前）
help-trip-choose-arg-number = 何番か（省略すると一覧を表示）
help-trip-choose-arg-product = 製品：名前の一部、またはキーの末尾 5 文字
help-trip-choose-examples =
    hikyaku trip choose WARD3-PC12
    hikyaku trip choose WARD3-PC12 2
help-trip-number = PC の時計が狂っていたとき、どのインストール ID を使うか選ぶ
help-trip-number-arg-pc = PC（「hikyaku trip show」に出る名前）
help-trip-number-arg-number = 何番か（省略すると一覧を表示）
help-trip-number-arg-product = 製品：名前の一部、またはキーの末尾 5 文字
help-trip-number-examples =
    hikyaku trip number WARD3-PC12
    hikyaku trip number WARD3-PC12 2
help-trip-join = 2 台と記録された PC を 1 台にまとめる
help-trip-join-arg-one = PC（「hikyaku trip show」に出る名前）
help-trip-join-arg-other = もう一方
help-trip-join-examples =
    hikyaku trip join "WARD3-PC12#1" "WARD3-PC12#2"
help-trip-part = 1 台と記録された PC を別々に分ける
help-trip-part-arg-pc = PC（「hikyaku trip show」に出る名前）
help-trip-part-examples =
    hikyaku trip part WARD3-PC12
help-trip-forget = 巡回を完全に消す
help-trip-forget-arg-yes = 確認しない
help-trip-forget-examples =
    hikyaku trip forget --trip "病棟3"

help-collect = 写真・保存した出力・ほかの巡回から要求を集める
help-collect-arg-text = slmgr や ospp.vbs の保存した出力。文中に PC の名前があればそれが、なければファイル名が PC の名前になります
help-collect-arg-from = ほかの機器の巡回ファイル・パケット・記録
help-collect-examples =
    hikyaku collect photos/
    hikyaku collect --text WARD3-PC12.txt
    hikyaku collect --from phone.json
    hikyaku collect --camera

help-report = お客様への記録を表示する、またはファイルに書き出す
help-report-arg-output = 書き出すファイル（.html は印刷、.csv は表計算、.json はプログラム用）
help-report-examples =
    hikyaku report
    hikyaku report -o record.html --company 佐藤システム
    hikyaku report -o record.csv

help-deliver = 巡回の返信を見せる、またはシートに印刷する
help-deliver-arg-sheet = 印刷用の返信シート（.html）を書き出す。PC ごとに 1 段
help-deliver-arg-request_sheet = 印刷用の要求シート（.html）を書き出す。答えを書く枠付き
help-deliver-arg-search = 名前にこの文字を含む PC の返信を見せる
help-deliver-arg-window = 返信をウィンドウに大きく見せる
help-deliver-examples =
    hikyaku deliver
    hikyaku deliver PC12
    hikyaku deliver --window
    hikyaku deliver --sheet replies.html
    hikyaku deliver --sheet replies.html --without-hikyaku
    hikyaku deliver --request-sheet requests.html

help-runbook = 印刷用の作業手順書（.html）を書き出す
help-runbook-arg-way = 取り決めた方法：lend（1）・carry-in（2）・carry-out（3）。省略時は巡回のもの、なければ carry-out
help-runbook-arg-account = ポータルにサインインするアカウント（会社での呼び方。パスワードは書かない）
help-runbook-arg-edition = 文書の版（省略時は 1.0）
help-runbook-examples =
    hikyaku runbook -o runbook.html --way carry-out --pcs 12 --company 佐藤システム
    hikyaku runbook -o runbook.html --trip "病棟3" --logo logo.png
help-arg-customer = お客様の名前
help-arg-site = PC のある場所
help-arg-date = 訪問日（年-月-日）
help-arg-technician = 作業者
help-arg-pcs = PC の台数（巡回に一覧がないとき）
help-arg-company = 自社の名前（HIKYAKU_COMPANY でも指定可）
help-arg-logo = 自社のロゴ（PNG か JPEG。HIKYAKU_LOGO でも指定可）

help-letter = お客様に接続機器をお願いする手紙（.html）を書き出す
help-letter-arg-way = lend（1）：その場の接続 PC を借りる。carry-in（2）：機器の持ち込みの許可
help-letter-arg-without_hikyaku = プログラムの代わりに、ハンディ スキャナーの接続をお願いする
help-letter-examples =
    hikyaku letter -o letter.html --way lend --customer 中央病院 --pcs 12
    hikyaku letter -o letter.html --way carry-in --company 佐藤システム --date 2026-12-01

help-portal = ポータルの画面の横で、巡回の要求を 1 件ずつ進める
help-portal-arg-no_clipboard = クリップボードを使わず、答えを入力する
help-portal-examples =
    hikyaku portal
    hikyaku portal --trip "病棟3"

help-plan = 現場に合う進め方を求める：できる方法、所要時間、決めること、持っていくもの
help-plan-arg-site = 現場と各作業の時間を書いた JSON（「hikyaku plan --json」で形がわかります）
help-plan-arg-pcs = PC の台数
help-plan-arg-lent_pc = その場の接続 PC を借りられる
help-plan-arg-devices = 接続機器を持ち込める
help-plan-arg-signal = そばに電波が届く PC の台数
help-plan-arg-no_phones = 携帯は入口で預ける
help-plan-arg-no_webcams = PC にカメラがない
help-plan-arg-scanners = ハンディ スキャナーがある
help-plan-arg-without_hikyaku = 飛脚を使えない PC（プログラムを入れられない PC）の台数
help-plan-arg-printer = 中で印刷できる
help-plan-arg-walk = 電波の届く場所まで片道何分か
help-plan-arg-output = 印刷用の計画（.html）を書き出す
help-plan-examples =
    hikyaku plan                                    （質問に答える）
    hikyaku plan --pcs 40 --walk 12 -o plan.html
    hikyaku plan --pcs 12 --devices --signal 8
help-collect-arg-camera = Ctrl-C を押すまでカメラで集める。NAME は名前かその一部（省略時は最初のカメラ）
help-collect-arg-camera_folder = カメラの代わりに、フォルダーの画像を順に見せる（練習用）
help-collect-arg-timeout = この秒数で終わる（カメラのとき）
