# 言葉と状態。

word-key-tail = キー末尾 { $tail }
status-unlicensed = ライセンスなし
status-licensed = 認証済み
status-oob-grace = 猶予期間（初期）
status-oot-grace = 猶予期間（ハードウェア変更後）
status-non-genuine-grace = 猶予期間（非正規品）
status-notification = 未認証（通知）
status-extended-grace = 猶予期間（延長）
status-unknown = 不明な状態
