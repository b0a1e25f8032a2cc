# 印刷するもの。

paper-practice = 練習用：本物のライセンスには使えません
paper-logo = ロゴが PNG でも JPEG でもないか、大きすぎます。
    .next = { $limit } バイト以下の PNG または JPEG を指定してください。
paper-nothing-to-print = 印刷するものがまだありません。
    .next = 「hikyaku trip show」で状態を確かめ、先に PC を集めるか、確認 ID を入力してください。
paper-template = 文書を作れませんでした。
    .next = もう一度実行し、続くときは -v の出力を添えて知らせてください。

paper-fact-trip = 巡回
paper-fact-customer = お客様
paper-fact-site = 場所
paper-fact-date = 作業日
paper-fact-technician = 作業者
paper-fact-way = 方法

reply-sheet-title = 返信シート
reply-sheet-lead = 全 { $count } 件。PC の名前を確かめてから、QR コードをその PC のカメラ（20～30 cm）かスキャナーで読み取ってください。読めないときは A～H の枠を入力します。ほかの PC の番号は受け付けられません。
request-sheet-title = 要求シート
request-sheet-lead = 全 { $count } 件。番号をポータル（https://aka.ms/aoh）に入力し、答えの確認 ID を A～H の枠に書き入れてください。QR コードには番号だけが入っています。
request-sheet-boxes = 確認 ID（6 桁ずつ）
sheet-done = 済
sheet-remark = 備考

record-title = ライセンス認証 作業報告書
record-open = 残っているもの
record-column-times = 日時
record-privacy = インストール ID は先頭と末尾の組だけを記しています。確認 ID とプロダクト キーは記録していません。
record-sign-technician = 作業者（署名）
record-sign-customer = お客様ご確認（署名）

progress-wanted-next = この PC はまだ訪問していません。次の訪問で番号を集めます。
progress-failed-next = 理由を PC の画面で確かめ、手順書のエラー コード表に従ってください。
progress-requested-next = ポータルで確認 ID を得て、この PC に届けます。
progress-cid-in-hand-next = 確認 ID を、この PC に届けます。
progress-delivered-next = PC の画面で認証済みかどうかを確かめ、受領コードを読み取ります。
progress-activated-next = なし

runbook-title = オフライン ライセンス認証 作業手順書
runbook-edition = 第 { $edition } 版

letter-title-lend = 接続された PC の借用のお願い
letter-title-carry-in = 通信機器の持ち込みのお願い
