# 飛脚のない PC：スキャナーか手入力で、Windows に確認 ID を入れる。

keyed-switch = 飛脚のない PC 用
keyed-switch-back = 飛脚の QR コードに戻す
keyed-title = 「{ $pc }」の確認 ID（飛脚のない PC 用）
keyed-form-command = コマンド
keyed-form-tabbed-boxes = 番号（枠の間に Tab）
keyed-form-digits = 番号だけ
keyed-how-command = PC で「コマンド プロンプト」を管理者として実行し、この QR コードをスキャナーで読み取ります。実行されないときは Enter を押します。
keyed-how-tabbed-boxes = Windows の画面で確認 ID の枠 A を選び、この QR コードをスキャナーで読み取ります。枠から枠へ自動で進まない画面で使います。
keyed-how-digits = Windows の画面で確認 ID の枠 A を選び、この QR コードをスキャナーで読み取ります。枠から枠へ自動で進む画面か、枠が 1 つの画面で使います。
keyed-layouts = PC のキーボード設定が日本語か英語（US）のときに使えます。ほかの配列では / と - がずれます（ドイツ語など）。番号の QR コードを使うか、手で入力してください。日本語入力はオフにします。
keyed-main-product = 製品の ID が分からないので、Windows 本体用のコマンドです。ESU や Office には使えません。
keyed-by-hand = スキャナーがないときは、Windows の画面で A～H を入力します。照合は、飛脚に入力するときだけ使います。
keyed-after = 完了のメッセージを確かめます。念のため { $check } を実行し、ライセンス認証済みと出ればこの PC は完了です。
keyed-record = メッセージの画面をスマホで撮影し、報告書に添えてください。
keyed-not-this-pc = PC の名前を確かめてから読み取ってください。ほかの PC の番号は、Windows が受け付けません（0xC004F031）。
keyed-check = 照合
