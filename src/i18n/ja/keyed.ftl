# 飛脚のない PC：スキャナーか手入力で、Windows に確認 ID を入れる。

keyed-switch = 飛脚のない PC 用
keyed-switch-back = 飛脚のある PC 用
keyed-title = 「{ $pc }」の確認 ID（飛脚のない PC 用）
keyed-form-command = コマンド
keyed-form-tabbed-boxes = 番号＋Tab
keyed-form-digits = 番号だけ
keyed-how-command = 「コマンド プロンプト」を管理者として実行し、QR コードをスキャナーで読み取ります。実行されないときは Enter を押します。
keyed-how-tabbed-boxes = Windows の画面で確認 ID の枠 A を選び、QR コードをスキャナーで読み取ります。次の枠へ自動で進まない画面用です。
keyed-how-digits = Windows の画面で確認 ID の枠 A を選び、QR コードをスキャナーで読み取ります。次の枠へ自動で進む画面か、枠が 1 つの画面用です。
keyed-layouts = キーボードが日本語か英語（US）の PC で使えます。ドイツ語などの配列では / と - がずれるので、番号の QR コードか手入力を使います。日本語入力はオフにします。
keyed-of-form = { $form }：{ $how }
keyed-main-product = 製品の ID が分からないので、Windows 本体用のコマンドです。ESU や Office には使えません。
keyed-by-hand = スキャナーがなければ、Windows の画面に A～H を入力します（照合は飛脚用です）。
keyed-after = 完了のメッセージが出れば、ライセンス認証済みです。{ $check } でも確かめられます。
keyed-record = メッセージの画面を撮影して報告書に添えるか、スマホの「認証済みにする」を押します。
keyed-saw = 認証済みにする
keyed-saw-ask = 「{ $pc }」に、完了のメッセージが出ましたか？
keyed-saw-body = PC の画面で確かめたときだけ記録します。取り消せません。
keyed-not-this-pc = 先に PC の名前を確かめます。ほかの PC の番号は、Windows が受け付けません（0xC004F031）。
keyed-check = 照合
