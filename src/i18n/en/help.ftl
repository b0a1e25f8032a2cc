# Help. Keys are the names of commands and arguments.

help-usage-heading = Usage:
help-commands-heading = Commands
help-options-heading = Options
help-global-heading = Options of every command
help-arguments-heading = Arguments
help-examples-heading = Examples:

help = Hikyaku carries offline Windows activation across an air gap by QR codes
help-examples =
    hikyaku show                        show this PC's Installation ID as a QR code
    hikyaku scan --camera               read the reply with the camera and deposit it
    hikyaku scan reply.jpg              read a photograph of the reply and deposit it
    hikyaku enter                       type the reply, or send it by a handheld scanner
    hikyaku practice run --out run      rehearse the whole journey with practice PCs

help-arg-lang = Language of messages: ja or en (else the one of the system)
help-arg-json = Print one JSON object per result on standard output
help-arg-verbose = Print details on standard error
help-arg-practice = Use the practice PC in this file instead of the real licence store
help-arg-memory = File that remembers the Installation IDs that were shown
help-arg-help = Print this help
help-arg-version = Print the version
help-arg-output = Write the code to a file (.png or .svg)
help-arg-compact = Paint at half size on the terminal (only where block characters have the right width)
help-arg-module = Pixels per module of a PNG (1 to 64, else 8)
help-arg-product = Product: last five of its key, its Activation ID, or a part of its name
help-arg-page = https address of the phone page; the code becomes a link that opens it
help-arg-pictures = Pictures, or folders of them (PNG, JPEG, WebP, BMP, GIF)
help-arg-dry_run = Only print what would be done, and the slmgr command that does the same

help-show = Show this PC's Installation ID as a QR code
help-show-arg-from = Read saved output of slmgr or ospp.vbs instead of the licence store (- for standard input)
help-show-examples =
    hikyaku show
    hikyaku show --product 3V66T -o iid.png
    cscript //nologo slmgr.vbs /dti > dti.txt    (on the other PC)
    hikyaku show --from dti.txt

help-scan = Read replies from pictures or a camera and deposit them for this PC's products
help-scan-arg-camera = Read with a camera. NAME is its name or a part of it (else the first camera)
help-scan-arg-camera_folder = Show the pictures of a folder one by one in place of a camera (to rehearse)
help-scan-arg-timeout = Give up if nothing was read after so long (with a camera; else it goes on until Ctrl-C)
help-scan-examples =
    hikyaku scan reply.jpg
    hikyaku scan --dry-run photos/
    hikyaku scan --camera
    hikyaku scan --camera "HD Webcam" --timeout 60

help-enter = Take a reply that is typed, pasted or sent by a handheld scanner, and deposit it
help-enter-arg-trust_digits = Deposit 48 digits even if their check digits fail, and let Windows decide
help-enter-examples =
    hikyaku enter
    echo 092914273902996432764863869585514303965545262473442102583639 | hikyaku enter
    (to correct one box, type it again: C 996432)

help-cameras = List the cameras that can be used
help-cameras-examples =
    hikyaku cameras
    hikyaku cameras --json

help-status = List this PC's products, where each stands, and what to do next
help-status-examples =
    hikyaku status
    hikyaku status --json
    hikyaku --practice pc12.json status

help-reply = Make the code of a reply from an Installation ID and its Confirmation ID
help-reply-arg-iid = Installation ID (63 or 54 digits)
help-reply-arg-cid = Confirmation ID (48 digits, A to H)
help-arg-without_hikyaku = for a PC without Hikyaku, what a scanner types: command (an administrator's Command Prompt), tabbed-boxes (a Tab between boxes) or digits; command if not said
help-reply-arg-activation_id = Activation ID of the product, for the command (without it: Windows itself)
help-reply-examples =
    hikyaku reply 4891263…9061121 092914…262473
    hikyaku reply 4891263…9061121 092914…262473 -o reply.svg
    hikyaku reply 4891263…9061121 092914…262473 --without-hikyaku

help-receipt = Show what became of this PC, as a code for the phone
help-receipt-examples =
    hikyaku receipt
    hikyaku receipt -o receipt.png

help-decode = Print the text of any QR code in pictures, and the Installation IDs and Confirmation IDs that a screen shows in digits
help-decode-arg-joined = All pictures show the same screen (a number that one picture does not tell is read from all of them)
help-decode-examples =
    hikyaku decode photo.jpg
    hikyaku decode --json photos/

help-check = Check a number, group by group
help-check-arg-number = Installation ID, Confirmation ID or reply, in any writing
help-check-examples =
    hikyaku check 092914 273902 996432 764863 869585 514303 965545 262473
    hikyaku check 092914-273902-996432-764863-869585-514303-965545-262473

help-practice = Rehearse without a real PC or portal
help-practice-new-pc = Make a practice PC in a file
help-practice-new-pc-arg-file = The file to make (must not exist)
help-practice-new-pc-arg-name = Name of the PC
help-practice-new-pc-arg-serial = Serial number of the PC
help-practice-new-pc-arg-esu = Install a Windows 10 ESU add-on too
help-practice-new-pc-arg-office = Install a volume licence Office too
help-practice-new-pc-arg-kms_client = Install a KMS client too, which cannot use a Confirmation ID
help-practice-new-pc-arg-not_elevated = Pretend not to be administrator
help-practice-new-pc-examples =
    hikyaku practice new-pc pc12.json --name WARD3-PC12 --office
    hikyaku --practice pc12.json show
help-practice-change-hardware = Change the practice PC's hardware (its Installation IDs change)
help-practice-change-hardware-arg-file = File of the practice PC
help-practice-change-hardware-examples =
    hikyaku practice change-hardware pc12.json
help-practice-portal = The practice portal: answers a practice Installation ID with a Confirmation ID
help-practice-portal-arg-iid = Practice Installation ID (its first group is 0000000)
help-practice-portal-examples =
    hikyaku practice portal 000000094274140487161374312439757448517503179092218550913970984
help-practice-run = Play the whole journey with practice PCs: show, photograph, read, deposit
help-practice-run-arg-pcs = Number of practice PCs (1 to 500, else 5)
help-practice-run-arg-seed = Seed of chance; the same seed gives the same run (else 1)
help-practice-run-arg-out = Folder for the photographs and a page that shows them
help-practice-run-examples =
    hikyaku practice run --pcs 10 --out run

help-completions = Print a completion script for a shell
help-completions-arg-shell = Shell: bash, zsh, fish, powershell or elvish
help-completions-examples =
    hikyaku completions bash > ~/.local/share/bash-completion/completions/hikyaku
    hikyaku completions powershell >> $PROFILE
help-man = Write man pages
help-man-arg-out = Folder to write to (else the current one)
help-man-examples =
    hikyaku man --out ~/.local/share/man/man1

help-trip = Keep the record of a walk: begin, look, exchange, merge, set right, forget
help-arg-trip = Which trip: its name or its file (else the only one there is; or HIKYAKU_TRIP)
help-arg-files = Files
help-trip-new = Begin a trip
help-trip-new-arg-name = Its name
help-trip-new-arg-site = Where the PCs are
help-trip-new-arg-customer = Whose they are
help-trip-new-arg-date = Day of the visit
help-trip-new-arg-technician = Who does it
help-trip-new-arg-way = The agreed way: lend (1), carry-in (2) or carry-out (3)
help-trip-new-arg-list = List of the PCs (CSV with a column "pc"; "serial" and "place" may stand beside it)
help-trip-new-examples =
    hikyaku trip new "Ward 3" --customer "St. Mary's" --technician Sato
    hikyaku trip new "Ward 3" --list pcs.csv --way carry-out
help-trip-list = List the trips of this computer
help-trip-list-examples =
    hikyaku trip list
help-trip-show = Show how far every PC of a trip is
help-trip-show-examples =
    hikyaku trip show
    hikyaku trip show --trip "Ward 3"
help-trip-export = Write a trip for the phone page or another laptop (.json), or the list of its PCs (.csv)
help-trip-export-arg-file = The file to write
help-trip-export-examples =
    hikyaku trip export ward3.json
    hikyaku trip export pcs.csv
help-trip-import = Take in a trip file of the phone page, a packet, or a list of PCs (CSV)
help-trip-import-examples =
    hikyaku trip import ward3.hikyaku.json
    hikyaku trip import pcs.csv
help-trip-merge = Join another technician's trip; nothing is lost, what does not go together is shown
help-trip-merge-examples =
    hikyaku trip merge suzuki.trip.db
    hikyaku trip merge suzuki.json --trip "Ward 3"
help-trip-withdraw = Take a Confirmation ID back that was the wrong one, whoever entered it and when
help-trip-withdraw-arg-pc = The PC, as "hikyaku trip show" calls it
help-trip-withdraw-arg-product = Which product: a part of its name, or the last five of its key
help-trip-withdraw-examples =
    hikyaku trip withdraw WARD3-PC12
    hikyaku trip withdraw WARD3-PC12 --product Office
help-trip-activated = Record that Windows activated a PC, as its screen says (PCs without Hikyaku)
help-trip-activated-arg-pc = The PC, as "hikyaku trip show" calls it
help-trip-activated-arg-product = Which product: a part of its name, or the last five of its key
help-trip-activated-examples =
    hikyaku trip activated WARD3-PC12
help-trip-choose = Choose which of several Confirmation IDs is the right one
help-trip-choose-arg-pc = The PC, as "hikyaku trip show" calls it
help-trip-choose-arg-number = Which one (without it they are listed)
help-trip-choose-arg-product = Which product: a part of its name, or the last five of its key
help-trip-choose-examples =
    hikyaku trip choose WARD3-PC12
    hikyaku trip choose WARD3-PC12 2
help-trip-number = Choose which Installation ID a PC has, where its clock was wrong
help-trip-number-arg-pc = The PC, as "hikyaku trip show" calls it
help-trip-number-arg-number = Which one (without it they are listed)
help-trip-number-arg-product = Which product: a part of its name, or the last five of its key
help-trip-number-examples =
    hikyaku trip number WARD3-PC12
    hikyaku trip number WARD3-PC12 2
help-trip-join = Say that two PCs of the trip are one machine
help-trip-join-arg-one = A PC, as "hikyaku trip show" calls it
help-trip-join-arg-other = The other one
help-trip-join-examples =
    hikyaku trip join "WARD3-PC12#1" "WARD3-PC12#2"
help-trip-part = Say that one PC of the trip is several machines
help-trip-part-arg-pc = The PC, as "hikyaku trip show" calls it
help-trip-part-examples =
    hikyaku trip part WARD3-PC12
help-trip-forget = Delete a trip for good
help-trip-forget-arg-yes = Do not ask
help-trip-forget-examples =
    hikyaku trip forget --trip "Ward 3"

help-collect = Collect requests from photographs, saved texts and other trips
help-collect-arg-text = Saved output of slmgr or ospp.vbs; a PC is called as the text says, else as its file is
help-collect-arg-from = Trip files, packets or ledgers of other devices
help-collect-examples =
    hikyaku collect photos/
    hikyaku collect --text WARD3-PC12.txt
    hikyaku collect --from phone.json
    hikyaku collect --camera

help-report = Show the record for the customer, or write it to a file
help-report-arg-output = File to write (.html for print, .csv for spreadsheets, .json for programs)
help-report-examples =
    hikyaku report
    hikyaku report -o record.html --company "Sato Systems"
    hikyaku report -o record.csv

help-deliver = Show the replies of a trip, or print them on a sheet
help-deliver-arg-sheet = Write the reply sheet for print (.html): a strip for every PC
help-deliver-arg-request_sheet = Write the request sheet for print (.html), with boxes for the answers
help-deliver-arg-search = Show the PC whose name has this in it
help-deliver-arg-window = Show the replies large, in a window
help-deliver-examples =
    hikyaku deliver
    hikyaku deliver PC12
    hikyaku deliver --window
    hikyaku deliver --sheet replies.html
    hikyaku deliver --sheet replies.html --without-hikyaku
    hikyaku deliver --request-sheet requests.html

help-runbook = Write the work instruction for print (.html)
help-runbook-arg-way = The agreed way: lend (1), carry-in (2) or carry-out (3); else the trip's, else carry-out
help-runbook-arg-account = Which account signs in at the portal, in your company's words (never a password)
help-runbook-arg-edition = Edition of the document (else 1.0)
help-runbook-examples =
    hikyaku runbook -o runbook.html --way carry-out --pcs 12 --company "Sato Systems"
    hikyaku runbook -o runbook.html --trip "Ward 3" --logo logo.png
help-arg-customer = The customer
help-arg-site = Where the PCs are
help-arg-date = Day of the visit
help-arg-technician = Who comes
help-arg-pcs = How many PCs (where no trip names them)
help-arg-company = Your company (or HIKYAKU_COMPANY)
help-arg-logo = Its logo, PNG or JPEG (or HIKYAKU_LOGO)

help-letter = Write the letter that asks the customer for a connected device (.html)
help-letter-arg-way = lend (1): a connected PC at the spot; carry-in (2): leave to carry a device in
help-letter-arg-without_hikyaku = ask for a handheld scanner instead of a program
help-letter-examples =
    hikyaku letter -o letter.html --way lend --customer "St. Mary's Hospital" --pcs 12
    hikyaku letter -o letter.html --way carry-in --company "Sato Systems" --date 2026-12-01

help-portal = Work through the requests of a trip beside the portal's window
help-portal-arg-no_clipboard = Leave the clipboard alone; answers are typed
help-portal-examples =
    hikyaku portal
    hikyaku portal --trip "Ward 3"

help-plan = Find the best way to work at a site: what is possible, how long it takes, what to agree and bring
help-plan-arg-site = JSON that describes the site, and how long each thing takes ("hikyaku plan --json" shows it)
help-plan-arg-pcs = How many PCs
help-plan-arg-lent_pc = The customer lends a connected PC at the spot
help-plan-arg-devices = A connected device may be carried in
help-plan-arg-signal = How many of the PCs have signal beside them
help-plan-arg-no_phones = Phones stay at the gate
help-plan-arg-no_webcams = The PCs have no webcams
help-plan-arg-scanners = There are handheld code scanners
help-plan-arg-without_hikyaku = number of PCs on which no program may be run
help-plan-arg-printer = Something can be printed inside
help-plan-arg-walk = Minutes to a place with signal, one way
help-plan-arg-output = Write the plan for print (.html)
help-plan-examples =
    hikyaku plan                                    (asks)
    hikyaku plan --pcs 40 --walk 12 -o plan.html
    hikyaku plan --pcs 12 --devices --signal 8
help-collect-arg-camera = Collect with a camera until Ctrl-C. NAME is its name or a part of it (else the first camera)
help-collect-arg-camera_folder = Show the pictures of a folder one by one in place of a camera (to rehearse)
help-collect-arg-timeout = End after so long (with a camera)
