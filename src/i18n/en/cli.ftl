# What the commands say.

show-next = Photograph this code with a phone and enter the number at the portal (https://aka.ms/aoh). Read the reply with "hikyaku scan" or "hikyaku enter".
show-later = { $count ->
        [one] One more product waits
       *[other] { $count } more products wait
    } and found no room in this code.
    .next = Once those in it are activated, "hikyaku show" shows the rest. Without --page every product has a code of its own.
show-all-activated = Everything is activated. Nothing to do.
show-pasted-number = Number { $number }
status-no-products = No product with a product key is installed.
    .next = Install the product key first.
paint-written = Code written to { $file }
paint-next = ↑ Photograph it, then press Enter for the next product's code.
man-written = Man pages written to { $folder }

reply-title = Reply to Installation ID { $iid }
reply-next = Show this code to the PC's camera or scanner (25-35 cm away, about a third of the picture).

receipt-earlier = { $count ->
        [one] One earlier result
       *[other] { $count } earlier results
    } found no room in this code.
    .next = See each product's state with "hikyaku status".
receipt-next = Read this code with the phone to close the record.

enter-prompt = Enter the reply (60 digits) or the Confirmation ID (48 digits, A to H) and press Enter. You may press Enter in between and go on.
enter-again = Correct only the wrong box (for example: C 996432), or enter everything again.
enter-wrong-so-far = Wrong so far: { $groups } (correct like this: C 996432)
enter-ask = 48 digits alone do not say which PC they are for. If digits stand behind box H (# or check), type them now; if there are none, press Enter: the number is then used for { $product } (key ending { $tail }).
enter-ask-several = 48 digits alone do not say which product they are for. If digits stand behind box H (# or check), type them now; if there are none, press Enter.
enter-ask-check = If more digits follow, type them now; if these two are all, press Enter.

check-iid-holds = Installation ID: every group holds. Tag { $tag }
check-cid-holds = Confirmation ID: every box holds.
check-reply-holds = Reply: every box holds. It answers tag { $tag }
check-typed-reply-holds = Typed reply: every box holds. Whose it is, its check shows on the PC.
check-practice = This is a practice number.

scan-nothing = No QR code could be read.
    .next = Lower the phone's brightness, hold it 25-35 cm away so that the code fills a third of the picture, and take another. You can also type it: "hikyaku enter".
scan-more-symbols = There are more codes in this picture than could be read.
    .next = Take a picture of each, or of a few at a time, so that each fills a third of it.
scan-doubtful = A number could be read, but digits in box { $groups } are easily mistaken. It is not used.
    .next = Take the picture again, closer to the screen and held still.
decode-doubtful = Some digits in box { $groups } are easily mistaken.
    .next = Compare them with what the screen shows.
scan-type-instead = You can also type it: "hikyaku enter".
scan-is-request = This is an Installation ID (a request), not a reply.
    .next = Get the Confirmation ID at the portal (https://aka.ms/aoh) and show the code of its reply.
scan-is-receipt = This is a receipt, not a reply.
    .next = Let the phone show the code of the reply.
scan-is-damaged = Digits were read, but they are no sound reply.
    .next = Show the reply again and take another picture.
scan-is-other = The code that was read is not a reply of Hikyaku's.
    .next = Take another picture with nothing but the code of the reply in it.
scan-bare-among-many = A Confirmation ID alone does not say which PC it is for, and it was not picked by anyone for this one. Nothing was deposited.
    .next = If it is for this PC, name this one picture: "hikyaku scan PICTURE". Better: show the reply.
scan-several-bare = Several Confirmation IDs stand in this picture, and nothing says which one is for this PC. Nothing was deposited.
    .next = Type the right one with "hikyaku enter", or show the reply.
live-bare = A Confirmation ID alone does not say which PC it is for. Nothing was deposited.
    .next = Show the reply. If there is none, type the 48 digits with "hikyaku enter".

settle-activated = ✓ Activated: { $product } (key ending { $tail })
settle-show-receipt = Show the receipt with "hikyaku receipt".
settle-already-licensed = ✓ { $product } is activated already. Nothing to do.
settle-refused = { $product }: the licence store refused. Status: { $status }, code: { $code }
settle-dry-run = Would be deposited for { $product } (key ending { $tail }). Nothing was deposited. By hand it would be:
settle-other-product = This reply is for another product of this PC: { $product } (key ending { $tail }). Nothing was deposited.
    .next = Leave out --product, or name that product.
settle-changed = This reply answers the Installation ID that { $product } showed earlier; hardware or key changed since. Nothing was deposited.
    .next = Show the new Installation ID with "hikyaku show" and get a new Confirmation ID.
settle-other-pc-known = This reply is for another PC: { $pc }. Nothing was deposited.
    .next = Read it on { $pc }, and show this PC its own reply.
settle-other-pc = This reply is for another PC. Nothing was deposited.
    .next = Point the phone at this PC's own code, and show the reply that it brings up.
settle-still-other-pc-known = This Confirmation ID was refused here before: it is for another PC, { $pc }. Nothing was deposited.
    .next = Use it on { $pc }. Show this PC its own reply.
settle-still-other-pc = This Confirmation ID was refused here before: it is for another PC. Nothing was deposited.
    .next = Point the phone at this PC's own code, and show the reply that it brings up.
settle-still-other-product = This Confirmation ID is known here: it is for another product of this PC, { $product } (key ending { $tail }). Nothing was deposited.
    .next = Leave out --product, or name that product.
settle-still-changed = This Confirmation ID was refused here before: it answers what { $product } showed earlier, before hardware or key changed. Nothing was deposited.
    .next = Show the new Installation ID with "hikyaku show" and get a new Confirmation ID.
settle-still-damaged = These 48 digits came with digits behind box H before, and those were damaged. Nothing was deposited.
    .next = Enter the digits behind box H as well.
settle-choose = This Confirmation ID does not say what it answers, and several products wait. Nothing was deposited.
    .next = Say which one with --product and the last five of its key:
settle-nothing-pending = No product waits for a Confirmation ID. Nothing was deposited.
    .next = See each product's state with "hikyaku status".
settle-chosen-not-pending = The product named does not wait for a Confirmation ID. Nothing was deposited.
    .next = See each product's state with "hikyaku status".

cli-old-spelling = "{ $old }" is now "{ $new }".
    .next = Run it again with the new spelling. "hikyaku COMMAND --help" shows how.
