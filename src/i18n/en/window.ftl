# The window on the PC.

window-title = Hikyaku
window-step-show = Show
window-step-read = Read
window-step-done = Done
window-practice = Practice
window-practice-line = All numbers are practice numbers. Nothing real is activated.
window-language = 日本語
window-button-about = About
window-others = Products ({ $count }, { $waiting } waiting)

window-show = Photograph this code with a phone and enter the number at aka.ms/aoh
window-show-practice = Photograph this code and get its Confirmation ID from the practice portal
window-request-symbol = QR code of the Installation ID of { $product }
window-show-later = { $count ->
        [one] One more product waits
       *[other] { $count } more products wait
    } and found no room in this code.
    .next = Once those in it are activated, it shows the rest. For one of them now, choose it in the list of products.
window-receipt = Read this code with the phone to record the result
window-receipt-symbol = QR code of the receipt
window-receipt-line = It holds the PC's name, product, result and time. No number, no key.
window-receipt-earlier = { $count ->
        [one] One earlier result
       *[other] { $count } earlier results
    } found no room in it.

window-starting = Reading the licence status…
    .next = {""}
window-await = Show the phone's reply to the camera
    .next = 25-35 cm away, filling a third of the picture. It is taken the moment it is seen.
window-by-hand = Type the reply, or send it with a scanner
    .next = Put the Confirmation ID (A to H) or the reply's digits into the boxes below.
window-taken = Reply read. Depositing it…
    .next = If Windows asks, choose "Yes": depositing needs administrator rights.
window-taken-practice = Reply read. Depositing it…
    .next = { $product } (key ending { $tail })
window-one-done = { $product } (key ending { $tail }) is activated
    .next = Go on with this product: photograph its code with the phone.

window-field = Confirmation ID
window-field-help = Use a scanner or type the digits. To correct a box, type its letter (A to H).
window-enter-submits = Complete. Press Enter to deposit it.
window-enter-bare = 48 digits. If more stand behind box H (#), type them too; otherwise press Enter to deposit.
window-incomplete = { $missing } { $missing ->
        [one] digit is
       *[other] digits are
    } missing.
    .next = {""}
window-wrong-box = Box { $group } has a wrong digit. Type { $group } to enter that box again.
window-wrong-boxes = Wrong boxes: { $groups }. Type a box's letter to enter it again.
window-button-submit = Deposit
window-button-paste = Paste
window-button-clear = Clear

window-camera = Camera: { $name }
window-camera-opening = Opening the camera…
window-camera-none = No camera
window-camera-off = No camera is used.
    .next = Use the boxes below, with a scanner or by hand.
window-button-mirror = Mirror
window-preview = Picture of the camera
window-cameras = Choose a camera
window-cameras-lead = The one chosen is used from now on.
window-cameras-none = No camera was found. Connect one and it appears here. A scanner or typing works, too.

window-products = Products of this PC
window-products-lead = Choose a waiting product to show its code.
window-waits = Waits for its Confirmation ID
window-whose = Which product is this Confirmation ID for?
window-whose-lead = The number does not say what it answers, and several products wait. Choose the one that was chosen in the portal.

window-done = Activated
window-already-done = Activated already
window-done-all = This PC is finished.
window-done-next = { $count } to go. Next: { $product } (key ending { $tail }). Its code appears in a moment.
window-button-next = Next product

window-refused = Windows refused
window-status = Status
window-support = For support
window-button-copy = Copy
window-copied = Copied
window-button-retry = Try again
window-button-again = Read again
window-button-back = Back

window-changed = Hardware or key changed
    .next = This is a new code; the number photographed before is void. Photograph it and get a new Confirmation ID for { $product }.
window-settle-changed = A reply from before hardware or key changed
    .next = Nothing was deposited. Photograph the new code and get a new Confirmation ID for { $product }.
window-settle-other-pc-known = A reply for { $pc }, not for this PC
    .next = Nothing was deposited. Point the phone at this PC's code, and it shows this PC's reply.
window-settle-other-pc = A reply for another PC, not for this one
    .next = Nothing was deposited. Point the phone at this PC's code, and it shows this PC's reply.
window-settle-other-product = A reply for another product: { $product } (key ending { $tail })
    .next = Nothing was deposited. Choose that product in the list of products.
window-settle-still-other-pc-known = Refused before: this Confirmation ID is for { $pc }, not for this PC
    .next = Nothing was deposited. Use it on { $pc }. Show this PC its own reply.
window-settle-still-other-pc = Refused before: this Confirmation ID is for another PC
    .next = Nothing was deposited. Point the phone at this PC's code, and it shows this PC's reply.
window-settle-still-other-product = This Confirmation ID is for another product: { $product } (key ending { $tail })
    .next = Nothing was deposited. Choose that product in the list of products.
window-settle-still-changed = Refused before: this Confirmation ID is from before hardware or key of { $product } changed
    .next = Nothing was deposited. Photograph the new code and get a new Confirmation ID.
window-settle-still-damaged = These 48 digits came with digits behind box H before, and those were damaged
    .next = Nothing was deposited. Enter the digits behind box H as well.
window-bare-seen = A Confirmation ID alone does not say which PC it is for
    .next = It stands in the boxes. If it is for this PC, press Enter; better, show the reply.
window-settle-already-licensed = { $product } (key ending { $tail }) is activated already.
    .next = Nothing is left to do with this reply.
window-settle-nothing-pending = No product waits for a Confirmation ID. Nothing was deposited.
    .next = Press F5 to read the status again.
window-settle-chosen-not-pending = The product chosen does not wait for a Confirmation ID. Nothing was deposited.
    .next = Press F5 to read the status again.
window-nothing-waits = No product of this PC can be activated by a Confirmation ID
    .next = The reasons are below. Put them right, then read again.

window-scan-is-request = That is a request (an Installation ID), not a reply.
    .next = Show the code of the reply: the Confirmation ID that the portal gave.
window-scan-is-receipt = That is a receipt, not a reply.
    .next = Let the phone show the code of the reply.
window-scan-is-damaged = Digits were read, but they are no sound reply.
    .next = Let the phone show the reply again.
window-scan-is-other = The code in view is not a reply of Hikyaku's.
    .next = Show nothing but the code of the reply.

window-deposit-product-gone = The product is gone from the licence store. Nothing was deposited.
    .next = See the list of products (F3).
window-deposit-not-pending = The product does not wait for a Confirmation ID. Nothing was deposited.
    .next = See its state in the list of products (F3).
window-deposit-practice-mixed = { $store ->
        [practice] A real Confirmation ID: it cannot be deposited on a practice PC.
       *[real] A practice Confirmation ID: it cannot be deposited on a real PC.
    }
    .next = { $store ->
        [practice] Use the one of the practice portal.
       *[real] Use the one of the portal at aka.ms/aoh.
    }
window-store-refused = Windows refused ({ $code }).
    .next = Try again; if it stays, restart the PC.
window-store-unexpected-row = Property { $property } of the licence store is missing or cannot be read.
    .next = Restart the PC and open Hikyaku again.
window-store-not-windows = This PC does not run Windows, so it has no licence store.
    .next = Open Hikyaku on the Windows PC to be activated. To practise: "hikyaku practice new-pc practice.json", then "hikyaku --practice practice.json window".
window-memory-damaged = The record of what was shown, { $file }, was damaged: a change of hardware goes unnoticed this once.
    .next = It was set aside, and a new one begun. The work can go on.
window-memory-newer = The record of what was shown, { $file }, was written by a newer Hikyaku: a change of hardware goes unnoticed.
    .next = Use that Hikyaku. The work can go on here, too.
window-memory-io = The record of what was shown, { $file }, cannot be used: a later change of hardware goes unnoticed.
    .next = The work can go on.
window-hresult-not-elevated = Administrator rights were not granted, so nothing was deposited.
    .next = Try again and choose "Yes" when Windows asks. If it does not ask, right-click Hikyaku and choose "Run as administrator".
window-hresult-mismatch = Installation ID and Confirmation ID do not match.
    .next = Either it is another PC's Confirmation ID, or key or hardware changed. Photograph the code shown now and get a new Confirmation ID.
window-hresult-changed = Product key or hardware changed since the code was photographed.
    .next = Photograph the code shown now and get a new Confirmation ID.
window-obstacle-no-installation-id = Its Installation ID cannot be read, so no Confirmation ID can be used.
    .next = Restart the PC and open Hikyaku again.

window-about-lead = Carries the activation of an offline Windows PC in and out by QR codes.
window-about-version = Version { $version }
window-about-keys = Keys
window-about-key-digits =
    Digits, A to H: enter the Confirmation ID
    Enter: deposit   Esc: back, clear
window-about-key-f =
    F1 this page   F2 language   F3 products
    F5 read again   F6 mirror   F7 cameras
window-about-privacy = Numbers travel in QR codes without encryption. No product key, no account and no password is touched. No network is used.
window-about-licence = MIT or Apache-2.0. Drawn with Slint.

window-no-display = The window cannot be opened: { $reason }
    .next = Open it on a PC with a screen, or use "hikyaku show" and "hikyaku enter".

help-window = Open the window of this PC: show, read and done on one screen
help-window-arg-camera = Name of the camera to use (else the one chosen last, else the first that opens)
help-window-arg-camera_folder = Play the pictures of a folder instead of a camera
help-window-arg-no_camera = Use no camera, only scanner and keys
help-window-arg-size = Size of the window
help-window-examples =
    hikyaku window
    hikyaku window --camera "Webcam HD"
    hikyaku --practice pc.json window --camera-folder replies

# The board of replies (hikyaku deliver --window)
board-title = Deliver the replies
board-hint = Hold this before the PC's camera or scanner. Another PC? Choose it from the list.
board-describes = QR code with the reply to { $pc }
board-previous = Back
board-next = Next
board-search = Search by PC (Esc: all)
board-shown = shown
board-nobody = No reply is for a PC of that name.
    .next = Press Esc to see all replies again.
