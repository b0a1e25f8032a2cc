#!/bin/bash
# Wine has a class SoftwareLicensingProduct with one row and two properties: the program
# connects, and clearly reports what is missing.
set -euo pipefail
. "$(dirname "$0")/expect.sh"

expect 6 'cannot be reached \(0x80041017\)|Property .* of the licence store' hikyaku status
expect 6 '^  → ' hikyaku show
# The pending products are read before any picture.
expect 6 '^  → ' hikyaku scan nothing.png
expect 6 'ライセンス ストア' hikyaku --lang ja status
# Wine has Media Foundation but no camera.
expect 8 'There is no camera' hikyaku cameras
finish "Wine's own provider"
