# Trips, their ledgers, and the record.

trip-full = A trip holds { $limit } products at most.
    .next = Begin a second trip with "hikyaku trip new".
trip-practice-mixed = Practice numbers and real ones do not go into one trip.
    .next = Begin a trip of its own for the rehearsal with "hikyaku trip new".
trip-no-such-entry = Nothing in this trip has tag { $tag }.
    .next = Collect the PC's request first: "hikyaku collect".
trip-cid-of-other = This Confirmation ID is the one of { $pc } already.
    .next = Copy the answer for this PC from the portal once more.
trip-cid-void = This Confirmation ID answered an earlier number of { $pc }; its hardware or key changed since.
    .next = Enter the new Installation ID at the portal.
trip-cid-replaces = Another Confirmation ID is in hand for { $pc }.
    .next = Take the first one back before you enter another.
trip-no-such-pc = No PC of this trip is called "{ $pc }".
    .next = See their names with "hikyaku trip show".
trip-several-pcs = Several PCs are called "{ $pc }".
    .next = Say which one: { $names }
trip-not-met = { $pc } is on the list, and was not met yet.
    .next = Collect its request first: "hikyaku collect".
trip-cid-practice = This is a practice Confirmation ID. It does not fit a real PC.
    .next = Get the Confirmation ID at aka.ms/aoh, with this PC's number.
trip-cid-real = This is a real Confirmation ID. It does not fit a practice PC.
    .next = Use what the practice portal answers.
trip-name-empty = The name is empty.
    .next = Type some text.
trip-same-pc = Both are one PC already.
    .next = See "hikyaku trip show".
trip-nothing-to-part = All that is known of { $pc } came from one PC.
    .next = See "hikyaku trip show".
trip-no-cid-in-hand = No Confirmation ID waits for its result at { $pc }.
    .next = See "hikyaku trip show".
trip-nothing-to-take-back = No Confirmation ID is in hand for { $pc }.
    .next = See "hikyaku trip show".

ledger-missing = There is no trip { $file }.
    .next = See which there are with "hikyaku trip list", or begin one with "hikyaku trip new".
ledger-exists = There is a trip { $file } already.
    .next = Choose another name, or use that trip.
ledger-not-a-ledger = { $file } is no trip of Hikyaku's.
    .next = See which there are with "hikyaku trip list". A trip file (.json) comes in with "hikyaku trip import".
ledger-newer = { $file } was written by a newer Hikyaku (version { $version }).
    .next = Use that Hikyaku, or update this one. The file was not touched.
ledger-damaged = { $file } is damaged and cannot be read.
    .next = Keep the file. Begin a new trip, and bring the record in from the phone or another laptop with "hikyaku trip import", or collect the PCs once more.
ledger-overfull = { $file } holds more than any trip does.
    .next = Do not use it. Ask whoever gave it to you for the trip once more, with "hikyaku trip export".
ledger-busy = Another Hikyaku is using { $file }.
    .next = Let it finish, then do this again. Nothing was lost.
ledger-disk-full = The disk is full: what you just did is not in { $file }.
    .next = Make room, then do it again. What was recorded before is safe.
ledger-read-only = { $file } may not be written here.
    .next = Copy it to a folder that you may write to and name it with --trip, or have the right to write granted.
ledger-unreadable = { $file } may not be read here.
    .next = Log in as whoever made it, or have the right to read it granted.
ledger-failed = { $file } could not be used: { $reason }
    .next = Do it again. If it goes on, copy the file elsewhere and name it with --trip.

plan-list-not-a-table = The list of PCs is no CSV table (line { $line }).
    .next = Save it from the spreadsheet as "CSV UTF-8", one PC a line.
plan-list-no-names = The list of PCs has no column headed "pc".
    .next = Put the heading pc over the names (serial and place may stand beside it).
plan-list-too-many = The list names more than { $limit } PCs.
    .next = Split it into several trips.

progress-wanted = not met yet
progress-failed = refused
progress-contested = choose the Confirmation ID
progress-requested = waits for its Confirmation ID
progress-cid-in-hand = Confirmation ID in hand
progress-delivered = delivered, no receipt yet
progress-activated = activated

way-lend = the customer lends a connected PC at the spot
way-carry-in = a connected device is carried in
way-carry-out = Installation IDs out, Confirmation IDs back in

trip-unnamed-product = product not known
trip-practice = Practice trip: not for real licences.
trip-begun = Trip "{ $name }" begun: { $file }
trip-list-line = { $name } — { $done } of { $pcs } PCs done ({ $file })
trip-list-broken = { $file }: cannot be read
trip-head-site = Site: { $site }
trip-head-customer = Customer: { $customer }
trip-head-date = Date: { $date }
trip-head-technician = Technician: { $technician }
trip-head-way = Way: { $way }
trip-totals = { $pcs ->
    [one] 1 PC
   *[other] { $pcs } PCs
}, { $products ->
    [one] 1 product
   *[other] { $products } products
}: { $activated } activated, { $failed } refused, { $wanted } not met yet
trip-column-pc = PC
trip-column-serial = Serial
trip-column-place = Place
trip-column-product = Product
trip-column-key = Key ending
trip-column-iid = Installation ID
trip-column-progress = State
trip-column-code = Code
trip-column-status = Licence status
trip-column-requested = Collected
trip-column-confirmed = Confirmation ID
trip-column-delivered = Delivered
trip-column-closed = Receipt
trip-column-by = By
trip-written = Written: { $file }
trip-imported = Taken in: { $pcs ->
    [one] 1 new PC
   *[other] { $pcs } new PCs
}, { $entries ->
    [one] 1 new product
   *[other] { $entries } new products
}
trip-planned = On the list: { $pcs ->
    [one] 1 new PC
   *[other] { $pcs } new PCs
}
cli-no-such-product-here = { $pc } has no product "{ $wanted }" in this trip.
    .next = See "hikyaku trip show"; name it by a part of its name or the last five of its key.
cli-several-products-here = { $pc } has several: { $names }
    .next = Name one with --product.
cli-nothing-to-say = There is nothing to choose for { $pc }.
    .next = See "hikyaku trip show".
cli-no-such-choice = There is no number { $number }.
    .next = Do it without the number first: it lists them.
word-time-unknown = time not known
trip-withdrawn = Taken back: { $pc } · { $product }. It waits for its Confirmation ID again.
trip-activated = Recorded as activated: { $pc } · { $product }.
trip-choose-of = { $pc } · { $product }: several Confirmation IDs are on record.
trip-choose-line = { $number }: { $digits } ({ $time } { $who })
trip-choose-how = Ask who entered them which one the portal answered. Then: hikyaku trip choose PC NUMBER. Or take all of them back: hikyaku trip withdraw PC
trip-chosen = Chosen: { $pc } · { $product }: { $digits }
trip-number-of = { $pc } · { $product }: Installation IDs, the one in use first
trip-number-line = { $number }: { $digits } ({ $time })
trip-number-how = If the PC's clock was wrong and it shows another one of these: hikyaku trip number PC NUMBER
trip-number-chosen = In use now: { $pc } · { $product }: { $digits }
trip-joined = One PC now: { $pc }
trip-parted = Several PCs now: { $pcs }
trip-two-numbers = { $pc } · { $product }: two Installation IDs. In use: { $chosen }, read off the PC at { $chosenat }. Set aside: { $other }, read off at { $otherat }.
    .next = If the PC shows the other one (its clock was wrong): hikyaku trip number "{ $pc }"
trip-conflict = { $pc } · { $product }: different Confirmation IDs are on record: { $cids }. None of them is shown to the PC until you choose.
    .next = Ask who entered them which one the portal answered; then: hikyaku trip choose "{ $pc }"
trip-contested = Several Confirmation IDs are on record; no reply is shown until you choose: { $pcs }
    .next = hikyaku trip choose "{ $first }"
trip-namesakes = Several PCs have one name, and nothing says whether they are one machine: { $names }
    .next = Two machines: nothing to do. One machine: hikyaku trip join "{ $first }" "{ $last }"
trip-forget-ask = Type the trip's name to delete it for good ({ $name }):
trip-forgotten = Deleted: { $file }
cli-no-trip = There is no trip yet.
    .next = Begin one: hikyaku trip new "Ward 3"
cli-several-trips = Several trips are here, and none is named.
    .next = Name one with --trip: { $names }
cli-unknown-trip-file = { $file } is neither a trip file, a packet, a list of PCs (CSV) nor another trip's ledger.
    .next = Save the trip on the phone as a file ("Record"), and give that file.
cli-unknown-record-format = { $file }: the ending tells no format of a record.
    .next = Choose a name that ends in .html, .csv or .json.
cli-not-forgotten = Not the same name: nothing was deleted.
    .next = Type it as it stands there, or use --yes.
cli-name-empty = The name has nothing that can be printed.
    .next = Give a name, for example "Ward 3".

trip-begun-next = Now: take photographs of the PCs' codes and run "hikyaku collect PICTURES".
collect-bar = Reading
collect-damaged = Line { $line }:
collect-collected = ✓ { $source }: { $pc }, { $products ->
    [one] 1 product
   *[other] { $products } products
}
collect-known = · { $source }: { $pc }, known already
collect-changed = ! { $source }: { $pc } has another Installation ID now ({ $voided } Confirmation IDs are void)
collect-older = · { $source }: { $pc }: an older Installation ID; the newer one stays
    .next = If the PC shows this one now (its clock was wrong): hikyaku trip number "{ $pc }"
collect-restored = Confirmation IDs that are in hand again: { $restored }
collect-receipt = ✓ { $source }: receipt of { $pc }
collect-trip = ✓ { $source }: trip { $pc }, { $products } new products
collect-part = · { $source }: { $known } of { $needed } parts of a trip
collect-part-known = · { $source }: a part of a trip, known already
collect-incomplete = A trip in several codes is not whole: { $known } of { $needed } parts came, so nothing of it was taken in.
    .next = Read all its codes in one go: every photograph of them together, or the camera until the trip is told.
collect-apart = { $source }: { $pcs } PCs, since nothing in the text says which numbers belong together.
    .next = See them with "hikyaku trip show". Next time write the PC's name above its numbers ("Computer Name: WARD3-PC1"), or save one file per PC.
collect-nothing = ✗ { $source }: nothing could be read
collect-doubtful = ✗ { $source }: a number could be read, but digits in box { $groups } are easily mistaken
    .next = Take the picture again, closer to the screen and held still.
collect-other = ✗ { $source }: a code, but no request
    .next = Photograph the code of the PC's own screen, with nothing else in the picture.
collect-refused = ✗ { $source }: not taken
collect-unreadable = ✗ { $source }: not a picture that can be opened
collect-stranger = ✗ { $source }: receipt of { $pc }, which is not in this trip
    .next = Collect its request first, or choose its trip with --trip.
collect-totals = { $looked } looked at: { $collected } collected, { $changed } changed, { $nothing } with nothing in them

cli-no-letter-for-way = Where numbers are carried out and back in, nothing has to be asked of the IT department.
    .next = Give --way lend (a connected PC is lent) or --way carry-in (a device is carried in).
deliver-next = Enter: next · b: back · text: search (/b for a b) · q: end
deliver-not-kept = The replies are shown all the same; which ones were shown is not recorded.
deliver-of = { $number } of { $count }: { $pc } · { $product }
deliver-not-found = No reply matches "{ $wanted }".
    .next = See "hikyaku trip show".

portal-begin = Sign in at https://aka.ms/aoh yourself; this program never talks to it.
portal-with-clipboard = The Installation ID is on the clipboard: paste it there, then copy the answer. It is taken as soon as it is copied.
portal-without-clipboard = No clipboard here: type the answer (48 digits, or box by box: A 092914).
portal-help = Enter: copy the number again · 1-9: copy one group · o: open the portal · s: later · u: take the last one back (u NAME: that of any PC) · q: pause · or type the answer
portal-at-hand = { $number } of { $count }: { $pc } · { $product }
portal-time-left = { $each } s a PC; about { $minutes } min left
portal-copied = On the clipboard: { $digits } digits
portal-kept = ✓ { $pc }: { $cid }
portal-taken-back = Taken back.
portal-nothing-to-take-back = Nothing was taken in this session. To take back that of an earlier one, type u and the name of the PC.
portal-insist = Type y to keep it all the same.
portal-several = The copied text holds several Confirmation IDs.
    .next = Copy the one that the portal shows for this PC.
portal-ask = If digits stand behind box H (# or check), type them now; otherwise Enter keeps it for { $pc } · { $product }.
portal-kept-elsewhere = It is a reply to that request, so it was kept there. The one at hand still waits.
portal-foreign = This is a reply to another PC, which is not in this trip. It was not kept.
    .next = Copy the Confirmation ID that the portal gave for the request at hand.
portal-not-at-hand = This number came with the check of another PC than the one at hand. It was not kept.
    .next = Copy the Confirmation ID that the portal gave for the request at hand. s = to another request.
portal-activated = This is a reply to { $pc }, which is activated already. It was not kept.
    .next = Copy the Confirmation ID that the portal gave for the request at hand.
portal-outdated = This is a reply to an earlier number of { $pc }. It was not kept.
    .next = Copy the Confirmation ID that the portal gave for the request at hand.
portal-no-browser = The browser could not be opened.
    .next = Open https://aka.ms/aoh by hand.
portal-nothing-open = No request waits for a Confirmation ID.
    .next = Collect more with "hikyaku collect", or show the replies with "hikyaku deliver".
portal-all-done = All { $answered } answered. Carry them back: "hikyaku deliver", or "hikyaku trip export" for the phone.
portal-paused = Paused: { $answered } answered, { $waiting } waiting. Go on with "hikyaku portal".
collect-until = Hold one PC after the other before the camera, or point it at them. Ctrl-C ends it; what was collected is kept.
collect-live = Camera: { $name }
portal-not-copied = The clipboard is in use by another program: the number is not on it.
    .next = Press Enter to copy it again, or type it from the groups above.
deliver-unsound = The check digits of these Confirmation IDs fail, so that no reply carries them: { $pcs }
    .next = Compare them with the portal's answers. To use them as they are, type the boxes at the PC with "hikyaku enter --trust-digits".
