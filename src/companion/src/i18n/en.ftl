app-name = Hikyaku
app-title = Hikyaku — carries offline activation

tab-collect = Collect
tab-portal = Portal
tab-deliver = Deliver
tabs-label = Switch screens
record-open = Open the record of “{ $name }”
language-other = 日本語
language-switch = 日本語に切り替える
close = Close
cancel = Cancel
dismiss = Dismiss
practice-banner = Practice mode: not for real licences
loading = Loading…
progress = { $done } / { $all } done

state-open = Needs a CID
state-contested = choose Confirmation ID
state-wanted = not visited
state-cid = CID in hand
state-delivered = Reply shown
state-activated = Activated
state-failed = Failed
state-all = All
key-tail = key …{ $tail }
unnamed-product = Product not known

camera-label = Camera picture
camera-starting = Starting the camera…
camera-retry = Use the camera again
camera-torch-on = Light on
camera-torch-off = Light off
camera-photo = Read from a photo
camera-insecure = Opened this way (http), the browser gives the page no camera.
    .next = Use “Read from a photo”, or open the page at an https address.
camera-unsupported = This browser gives the page no camera.
    .next = Use “Read from a photo”, or open the page in Safari or Chrome.
camera-denied = The camera is not allowed.
    .next = Allow the camera at the sign left of the address, then try again. Photos need no permission.
camera-missing = No camera was found.
    .next = Open the page on a device with a camera, use “Read from a photo”, or paste the number.
camera-busy = Another app is using the camera.
    .next = Close video calls and camera apps, then try again.
camera-ended = The camera stopped.
    .next = Press “Use the camera again”.
camera-failed = The camera's picture could not be read.
    .next = Try again, or use “Read from a photo”.
sound-touch = Touch the screen once to hear a tone for each PC.
still-reading = Reading the photo…
still-nothing = No QR code and no number was found in this photo.
    .next = Go closer until the code fills half of the picture, or the number all of its width, let it focus, and take it again.
still-unreadable = This file could not be opened as a photo.
    .next = Take it again with the camera, or choose a JPEG or PNG.

collect-hint = Point at the QR code, or at the Installation ID, on the offline PC's screen
collect-empty = No PC yet
    .next = Open Hikyaku on the PC and point this phone at the QR code on its screen. Go on with as many PCs as you like.
collect-list = Collected PCs ({ $count })
collect-next = Go on to the portal ({ $count })
collect-next-deliver = Go on to deliver ({ $count })
type-in = Type or paste a number
type-in-label = Installation ID, or a Hikyaku link
type-in-hint = 63 or 54 digits. Spaces are fine.
type-in-add = Add
name-label = Name of the PC
name-save = Save the name

read-number-title-iid = A number was read off the screen
read-number-title-cid = A Confirmation ID was read
read-number-compare = Compare the photo and the digits, group by group. Tap digits that are wrong to correct them.
read-number-doubtful = Digits in groups with ⚠ are easily taken for others. Look at them twice.
read-number-groups = The number that was read
read-number-group = Digits of group { $label }
read-number-edit = Group { $label }: { $digits }, tap to correct
read-number-wrong = The digits of group { $groups } are not right
    .next = Look at the photo, tap the digits of that group and enter them again.
read-number-name-example = e.g. WARD3-PC12
read-number-product-later = Decide later
read-number-again = Take another
read-number-right-iid = As in the picture: collect
read-number-right-cid = As in the picture: use it

notice-collected = Collected “{ $pc }”
notice-collected-bare = Number collected. Give it a name
notice-collected-many = { $pcs ->
    [one] One PC collected
   *[other] { $pcs } PCs collected
}
notice-seen-again = “{ $pc }” is already here
notice-seen-again-reply = Its Confirmation ID is in hand.
notice-changed = The number of “{ $pc }” has changed
    .next = Hardware or key changed. The portal must be asked again with the new number.
notice-changed-voided = The Confirmation ID in hand is void now.
notice-changed-restored = It is back at a number that it had before; the Confirmation ID for it holds again.
notice-older = A newer number of “{ $pc }” has been collected already
    .next = Nothing was changed. Let the PC show its screen anew, and read it again.
notice-namesake = “{ $pc }” collected. There is a PC of that name already: “{ $other }”
    .next = A name does not tell whether they are one PC, so both are kept. If they are, join them.
notice-same-pc = It is the same PC
notice-joined = Joined as “{ $pc }”
notice-receipt = “{ $pc }” is activated
notice-receipt-failed = Activation of “{ $pc }” failed
notice-receipt-unknown = “{ $name }” is not in this trip
    .next = The receipt was read, but it belongs to no PC here. If another phone collected it, receive that trip in the record.
notice-cid-elsewhere = This is a Confirmation ID
    .next = Paste it in “Portal”, in the field of its PC.
notice-reply-elsewhere = This is the QR code of a reply
    .next = A reply is shown to the PC's camera. What is collected is the QR code on the PC's screen.
notice-kept = Kept the Confirmation ID of “{ $pc }”
notice-kept-elsewhere = The reply that was pasted said that it belongs to this PC.
notice-undo = Undo
notice-show-reply = Show the reply
notice-see-failure = See what to do next
notice-unreadable = This QR code is not one of Hikyaku's
    .next = Point at the QR code that Hikyaku shows on the PC.
notice-merged = Trip received: { $pcs ->
    [one] 1 PC
   *[other] { $pcs } PCs
merged-conflicts = { $count ->
    [one] For one product the Confirmation IDs differ.
   *[other] For { $count } products the Confirmation IDs differ.
} Choose the right one under Portal.
merged-numbers = { $count ->
    [one] One product has two Installation IDs; the newer one counts.
   *[other] { $count } products have two Installation IDs; the newer one counts.
}
merged-namesakes = PCs of one name: { $names }. If they are the same PC, join them in the record.
}, { $entries ->
    [one] 1 product
   *[other] { $entries } products
}
notice-part = Receiving… { $percent } %
    .next = Keep pointing at the other screen.
notice-copy-failed = Could not copy
    .next = Hold the number and choose copy.
trip-full = One trip holds { $limit } products.
    .next = Save the record as a file, then start a new trip.
trip-no-such-entry = That entry is gone.
    .next = Choose again from the list.
trip-name-empty = The name is empty.
    .next = Type some text.
trip-cid-practice = This is a practice Confirmation ID. It does not fit a real PC.
    .next = Get the real one at aka.ms/aoh with this PC's number.
trip-cid-real = This is a real Confirmation ID. It does not fit a practice PC.
    .next = Use the practice portal's answer.
trip-practice-mixed = Practice numbers and real ones do not go into one trip.
    .next = Start a new trip in the record.
trip-cid-of-other = This is the Confirmation ID of “{ $pc }”
    .next = It may be another PC's. Did the portal answer it for this PC's number?
trip-cid-void = This is the Confirmation ID of “{ $pc }” from before its number changed
    .next = An answer to the former number does not help. Get a new one for the new number.
trip-cid-replaces = “{ $pc }” has a Confirmation ID already
    .next = Replace it by the new one?
trip-not-met = “{ $pc }” has not been collected yet.
    .next = Read its QR code first, under Collect.
trip-same-pc = They are one PC already.
    .next = See the list.
trip-nothing-to-part = All of “{ $pc }” came from one PC.
    .next = See the list.
trip-no-cid-in-hand = “{ $pc }” has no Confirmation ID that waits for its result.
    .next = See the list.
trip-nothing-to-take-back = “{ $pc }” has no Confirmation ID that could be taken back.
    .next = See the list.
trip-no-such-pc = That PC is not there any more.
    .next = Choose from the list again.
trip-several-pcs = There are several PCs called “{ $pc }”: { $names }
    .next = Choose from the list.
trip-other-kind = What was read is of no use here.
    .next = Point at the QR code on the PC's screen.

portal-empty = Nothing to ask the portal
    .next = First read a PC's QR code in “Collect”.
portal-done = All Confirmation IDs are in hand
    .next = Back at the PCs, choose “Deliver” and point the phone at each screen.
portal-position = { $left } to go
portal-skip = Later
portal-step-copy = Copy the Installation ID
portal-step-open = Open the portal
portal-step-paste = Paste the Confirmation ID
portal-copy = Copy all
portal-copied = Copied
portal-copy-group = { $label } { $digits } – copy this group
portal-groups = Installation ID (tap a group to copy only that)
portal-open = Open the portal
portal-open-hint = aka.ms/aoh opens in a new tab. Come back here when you have the answer.
portal-reminders = What to choose there
portal-product = Product
portal-product-unknown = the one that the PC shows
portal-digits = Digits per block
portal-digits-value = { $length } digits × 9 blocks
portal-computers = Installed on
portal-computers-value = 1 computer
portal-account = Sign in
portal-account-value = with the account you agreed on (not tied to the licence)
portal-paste = Paste
portal-picture = Read a picture of the Confirmation ID
portal-field = Confirmation ID (48 digits, A–H)
portal-field-hint = You may paste the whole text of the portal's page.
portal-practice = The practice portal's answer
portal-practice-copy = Copy the answer
portal-insist = Use these 48 digits although the check fails
portal-keep = Keep this Confirmation ID
portal-contested = Different Confirmation IDs came in. Choose the right one
portal-choose = Use this one
portal-insist-ask = Use this Confirmation ID as it is?
portal-insist-body = The check digits of box { $groups } fail. If it was miscopied the PC will refuse it. Compare it with the portal first.
portal-insist-yes = Use it
paste-none = No Confirmation ID found
    .next = Copy the 48 digits A to H that the portal shows, then paste again.
paste-iid = That is an Installation ID
    .next = The portal turns it into a Confirmation ID with boxes A to H. Paste that one.
paste-foreign = This Confirmation ID came from another PC's reply
    .next = Enter this PC's number at the portal, and paste the Confirmation ID that it answers. Of a reply paste all digits, the last twelve too.
paste-several = { $count } different Confirmation IDs
    .next = Paste only the one of this PC.
paste-picture-nothing = There is no Confirmation ID in this picture.
    .next = Take one that shows all boxes A to H, or enter the number.
paste-empty = There is nothing to paste
    .next = Copy the Confirmation ID in the portal, then press again.
paste-denied = The clipboard could not be read
    .next = Hold the field below and choose paste.
paste-wrong-boxes = Wrong: box { $groups }
    .next = Compare that box with the portal.
paste-short = { $found } digits so far, 48 wanted

question-keep = Keep it anyway
question-again = Paste again

deliver-hint = Point at the QR code on a PC's screen: the page turns into that PC's reply
deliver-empty = Nothing to deliver yet
    .next = PCs appear here once “Portal” has their Confirmation IDs.
deliver-list = Choose from the list
deliver-all-done = All are activated
    .next = Save or print the record for the customer.
deliver-no-cid = No Confirmation ID for “{ $pc }” yet
    .next = Get it in “Portal” first.
deliver-changed = The number of “{ $pc }” is not the one that was answered
    .next = Hardware or key changed, so the Confirmation ID in hand is void. Collect the new number from this screen.
deliver-older = “{ $pc }” shows an older number than the one that was collected
    .next = Open Hikyaku on the PC again, and show the new QR code.
deliver-collect-again = Collect the new number
deliver-already = “{ $pc }” is already activated
deliver-unknown = This PC is not in the trip
    .next = You can collect it here.
deliver-unknown-name = “{ $name }” is not in the trip
    .next = You can collect it here.
deliver-collect = Collect this PC
go-portal = To the portal
go-record = Open the record

reply-title = Reply to “{ $pc }”
reply-symbol = QR code of the reply to { $pc }; the same as the digits A to H below.
reply-hint = Hold this before the PC's camera (25–35 cm). If it is not read, lower the brightness.
reply-watching = When the PC is done, point the phone at the receipt on its screen
reply-of = Product { $index } of { $count }
reply-next = Next product
reply-previous = Previous product
reply-close = Close the reply
reply-boxes = Confirmation ID
reply-check = check
reply-also-changed = Another product of this PC has a new number. Collect it again.
reply-insisted = The check digits of this number fail. The PC may refuse it.

record-title = Record of the trip
record-rename = Name of the trip
record-save-name = Save
record-states = Filter by state
record-none = None in this state
record-search = Find a PC by name
record-page = { $from }–{ $to } of { $all } PCs
record-previous = Previous
record-next = Next
record-failed-next = What to do next
record-iid = Installation ID
record-cid = Confirmation ID
record-cid-none = none yet
record-pcs = PCs
failure-no-code = Windows did not report it as activated.
    .next = See what the PC's screen says; if need be show the Installation ID again.
record-history = History
record-superseded = { $count ->
    [one] The number changed once
   *[other] The number changed { $count } times
}
record-serial = Serial number { $serial }
record-place = Place { $place }
record-join = The same PC as “{ $other }”
record-take-back = Take the Confirmation ID back
record-take-back-ask = Take back the Confirmation ID of “{ $pc }”?
record-take-back-body = The entry goes back to “Needs a CID”.
record-remove = Remove this PC from the record
record-remove-ask = Remove “{ $pc }” from the record?
record-remove-body = Its numbers and Confirmation IDs are deleted from this phone. This cannot be undone.
record-remove-yes = Remove
step-collected = Collected
step-seen-again = Seen again
step-changed = Number changed
step-cid = CID kept
step-cid-taken-back = CID taken back
step-delivered = Reply shown
step-activated = Activated
step-failed = Failed
step-imported = Received

record-hand-on = Hand on and keep
record-share = Share
record-file = Save as a file
record-csv = Save as a table (CSV)
record-print = Print
record-handover = Hand over by QR codes
record-take-in = Take in
record-import = Open a trip file
record-receive = Read another device's QR codes
record-manage = Manage
record-new = Start a new trip
record-new-ask = Start a new trip?
record-new-body = The trip “{ $name }” leaves this phone. Save it as a file first.
record-new-yes = Start
record-new-name = Trip of { $date }
record-wipe = Wipe everything
record-wipe-ask = Wipe everything from this phone?
record-wipe-body = The record, all numbers and Confirmation IDs are gone then. This cannot be undone.
record-wipe-yes = Wipe everything
record-wiped = Everything was wiped
record-about = About this page
record-private = Once loaded, this page talks to nobody. The numbers stay in this phone.
record-persisted = The record is protected on this phone.
record-not-persisted = If the phone runs out of space, the browser may drop the record. Add the page to the home screen, or save a file now and then.
record-saved = Saved: { $file }
record-share-failed = Could not share
    .next = Use “Save as a file”.
import-too-large = The file is too large (up to { $limit } MB)
    .next = Choose a trip file that Hikyaku saved.
import-unreadable = The file could not be read
    .next = Choose it again.
import-ask = Open “{ $name }”?
import-body = { $pcs ->
    [one] 1 PC
   *[other] { $pcs } PCs
}, { $entries ->
    [one] 1 product
   *[other] { $entries } products
}. They join this trip; nothing that is here is lost.
import-yes = Open
trip-file-not-json = This cannot be read as a trip file.
    .next = Choose a trip file that Hikyaku saved.
trip-file-not-a-trip = This is no trip file of Hikyaku.
    .next = Choose a trip file that Hikyaku saved.
trip-file-malformed = The trip file is damaged.
    .next = Save it again on the device that wrote it.
trip-file-wrong-groups = A number in the trip file has wrong check digits (boxes { $groups }).
    .next = Save it again on the device that wrote it.
trip-file-newer = A newer Hikyaku wrote this file (version { $version }).
    .next = Update this page, then open the file.
trip-file-too-large = Too large for a trip file.
    .next = Choose a trip file that Hikyaku saved.
trip-file-duplicate-key = The file says one thing twice.
    .next = Save it again on the device that wrote it.
handover-title = Hand over by QR codes
handover-hint = On the receiving phone choose “Record”, “Read another device's QR codes”, and point it at this screen.
handover-parts = Shown again and again, in { $count } parts
handover-left-out = { $count ->
    [one] One Confirmation ID with wrong check digits cannot go by QR code: hand on the file
   *[other] { $count } Confirmation IDs with wrong check digits cannot go by QR code: hand on the file
}
handover-too-large = Too much for QR codes: save it as a file and hand that on
handover-label = QR codes that hand over the trip “{ $name }”
receive-hint = Point at the moving QR code of the other device

report-title = Record of licence activation
report-printed = Made { $time }
report-pc = PC
report-serial = Serial number
report-place = Place
report-product = Product
report-key = Key
report-state = Result
report-when = When
report-iid = Installation ID (in part)
report-closed = Closed
report-code = Code
report-status = Licence status
report-by = By
report-note = Of numbers only the first and last group are printed.

store-unavailable = This browser cannot keep a record.
    .next = Leave private (incognito) mode and open the page in an ordinary tab.
core-missing = This browser cannot run Hikyaku (it has no WebAssembly).
    .next = Open the page in a newer Safari or Chrome.
core-defect = Something went wrong inside Hikyaku. What is stored did not change.
    .next = Try again. If it goes on, save the record as a file, then reload the page.
store-full = The phone is full: what you just did was not saved.
    .next = Make room, for example delete photos, then do it again. The record so far is safe.
store-newer = The record was made by a newer version of this page.
    .next = Reload to open the newer version. The record is untouched.
store-failed = The record could not be saved: what you just did is not kept.
    .next = Try again. If it goes on, reload the page.
store-closed = A newer version of the page was opened in another tab.
    .next = Reload this tab. The record is safe.
store-cleared = The browser has deleted this page's data, or can no longer reach it.
    .next = What you see is still here: save it as a file on the record before you reload or close this page. Then reload, and open the file.
store-damaged = Part of the stored record is damaged.
    .next = The rest can be used. If you saved a file, open it.
reload = Reload
update-ready = There is a new version
    .next = Switching loses nothing that you collected.
update-apply = Switch
offline-ready = Opens without a signal
other-tab = Also open in another tab
    .next = Both tabs keep their changes, but one tab is easier to follow.
