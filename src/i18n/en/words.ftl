# Words and states.

word-key-tail = key ending { $tail }
status-unlicensed = unlicensed
status-licensed = activated
status-oob-grace = grace period (initial)
status-oot-grace = grace period (after a hardware change)
status-non-genuine-grace = grace period (not genuine)
status-notification = not activated (notification)
status-extended-grace = grace period (extended)
status-unknown = unknown status
