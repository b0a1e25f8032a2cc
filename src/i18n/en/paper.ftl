# What is printed.

paper-practice = Practice: not for real licences
paper-logo = The logo is neither PNG nor JPEG, or it is too large.
    .next = Give a PNG or JPEG of at most { $limit } bytes.
paper-nothing-to-print = There is nothing to print yet.
    .next = See "hikyaku trip show"; collect PCs or enter Confirmation IDs first.
paper-template = The document could not be made.
    .next = Do it again; if it goes on, report it with the output of -v.

paper-fact-trip = Trip
paper-fact-customer = Customer
paper-fact-site = Site
paper-fact-date = Day of work
paper-fact-technician = Technician
paper-fact-way = Way

reply-sheet-title = Reply sheet
reply-sheet-lead = { $count ->
    [one] 1 reply
   *[other] { $count } replies
}. Check the PC's name, then show the code to that PC's camera (20–30 cm) or scanner. If it is not read, type the boxes A to H. Another PC's number is refused.
keyed-sheet-title = Reply sheet (PCs without Hikyaku)
keyed-sheet-lead = { $count ->
    [one] 1 Confirmation ID
   *[other] { $count } Confirmation IDs
}. One PC after the other; check its name first.
request-sheet-title = Request sheet
request-sheet-lead = { $count ->
    [one] 1 request
   *[other] { $count } requests
}. Enter the number at the portal (https://aka.ms/aoh) and write its answer, the Confirmation ID, into the boxes A to H. The code holds the number and nothing else.
request-sheet-boxes = Confirmation ID (six digits each)
sheet-done = done
sheet-remark = remarks

record-title = Record of activation
record-open = Left open
record-column-times = Times
record-privacy = Installation IDs are reduced to their first and last group. Confirmation IDs and product keys are not on record.
record-sign-technician = Technician (signature)
record-sign-customer = Customer (signature)

progress-wanted-next = Not met yet. The number is collected on the next visit.
progress-failed-next = See the reason on the PC's screen and follow the work instruction's table of codes.
progress-contested-next = Choose which Confirmation ID is right: hikyaku trip choose.
progress-requested-next = Get the Confirmation ID at the portal and deliver it.
progress-cid-in-hand-next = Deliver each Confirmation ID to its PC.
progress-delivered-next = Check on the PC's screen whether it is activated, and read its receipt code.
progress-activated-next = none

runbook-title = Work instruction: offline activation
runbook-edition = Edition { $edition }

letter-title-lend = Request for the loan of a connected PC
letter-title-scanner = Request to connect a handheld scanner
letter-title-carry-in = Request to carry in a connected device

plan-title = How to work at this site
plan-way-lend = 1 · a connected PC is lent
plan-way-carry-in = 2 · a connected device is carried in
plan-way-carry-out = 3 · numbers out and back, one walk for all
plan-way-mixed = 2 and 3 · carried in where there is signal
plan-no-lent-pc = The customer lends no connected PC.
plan-no-devices = No connected device may be carried in.
plan-no-signal = Not all PCs have signal beside them.
plan-no-signal-anywhere = There is no signal at any PC.
plan-signal-everywhere = There is signal everywhere: way 2 alone is enough.
plan-no-camera = Neither a phone nor another device may be carried in to photograph screens.
plan-none = No way is possible as things stand. Ask the customer for a connected PC at the spot: "hikyaku letter --way lend".
plan-verdict = Best: { $way }. It takes about { $time }; one PC at a time and by hand it would be { $by-hand }.
plan-walks = { $walks ->
    [0] possible, nobody walks
    [one] possible, one walk out and in
   *[other] possible, { $walks } walks out and in
}
plan-minutes = { $minutes } min
plan-hours = { $hours } h { $minutes } min
plan-column-way = Way
plan-column-possible = Possible?
plan-column-time = Time
plan-column-by-hand = By hand
plan-column-ratio = Times
plan-agree = To agree with the customer beforehand
plan-bring = To bring
plan-agree-lent-pc = Where the lent PC stands, for how long, and that it reaches https://aka.ms/aoh
plan-agree-devices = Which device is carried in, and that it is not connected to the customer's network ("hikyaku letter --way carry-in")
plan-agree-photographs = That the codes on the PCs' screens may be photographed
plan-agree-account = That we sign in with our own account
plan-agree-hardware = That hardware and keys are final before the numbers are taken
plan-agree-scanner = That a handheld scanner is connected to the PCs on which Hikyaku may not run, and an administrator's Command Prompt opened there ("hikyaku letter --without-hikyaku")
plan-bring-phone = Phone with the page of Hikyaku opened once, charged
plan-bring-scanner = Handheld code scanner for the lent PC
plan-bring-permit = The permit to carry the device in
plan-bring-scanner-for-pcs = Handheld code scanner for the PCs: they have neither webcam nor scanner, and replies would be typed
plan-bring-scanner-without-hikyaku = Handheld code scanner for the PCs on which Hikyaku may not run (it acts as a keyboard and has no storage)
plan-bring-sheets = Request and reply sheets, or paper to print them on inside
plan-bring-hikyaku = Hikyaku on the medium that the customer has approved
plan-bring-runbook = The printed work instruction ("hikyaku runbook")
plan-model = How the times come about
plan-model-text = Way 1 and 2: sign-in + PCs × (step + collect + portal + show). Way 3: sign-in + two walks + PCs × (two steps + collect + portal + show). By hand: sign-in + PCs × (write + type in + portal + write back + type back + way), where the way is two walks if the portal is not at the spot. Without webcam and scanner, typing back takes the place of showing. On a PC without Hikyaku, a Command Prompt is opened twice. These seconds are assumptions, not measurements; change them with --site.
plan-pace-sign-in = sign in at the portal, once
plan-pace-step = from one PC to the next
plan-pace-collect = photograph a request
plan-pace-portal = one request at the portal
plan-pace-show = show a reply until activated
plan-pace-write = write 63 digits down
plan-pace-type-in = type 63 digits
plan-pace-write-back = write 48 digits down
plan-pace-type-back = type 48 digits
plan-pace-open-console = open an administrator's Command Prompt (PCs without Hikyaku, twice)
plan-site-pcs = { $pcs } PCs
plan-site-lent = a connected PC is lent
plan-site-not-lent = no connected PC is lent
plan-site-devices = connected devices may be carried in
plan-site-no-devices = no connected devices inside
plan-site-phones = phones may be carried in, screens photographed
plan-site-no-phones = phones stay at the gate
plan-site-webcams = the PCs have webcams
plan-site-no-webcams = no webcams at the PCs
plan-site-scanners = handheld scanners are there
plan-site-no-scanners = no handheld scanners
plan-site-printer = something can be printed inside
plan-site-no-printer = no printer inside
plan-site-signal = signal beside { $pcs } of the PCs
plan-site-without-hikyaku = Hikyaku may not run on { $pcs } of the PCs
plan-site-walk = { $minutes } min to a place with signal, one way
plan-ask-pcs = How many PCs?
plan-ask-lent = Does the customer lend a connected PC at the spot? (y/n)
plan-ask-devices = May a connected device be carried in? (y/n)
plan-ask-signal = How many of the PCs have signal beside them?
plan-ask-phones = May phones be carried in, and screens photographed? (y/n)
plan-ask-webcams = Do the PCs have webcams? (y/n)
plan-ask-scanners = Are there handheld scanners? (y/n)
plan-ask-without-hikyaku = On how many of the PCs may no program be run?
plan-ask-printer = Can something be printed inside? (y/n)
plan-ask-walk = Minutes to a place with signal, one way?
cli-site-unreadable = { $file } does not describe a site: { $reason }
    .next = Write JSON such as: pcs, lent_pc, devices, with_signal, phones, webcams, scanners, without_hikyaku, printer, walk_minutes, pace (see "hikyaku plan --json" for all of them).
cli-site-times = A time is negative, or far too long.
    .next = Give minutes and seconds between 0 and 100000.
