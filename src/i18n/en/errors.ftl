# Errors: what happened (the value), and what to do next (the attribute).

## Numbers

number-empty = There is no digit here.
    .next = Enter an Installation ID (63 or 54 digits) or a Confirmation ID (48 digits).
number-too-long = The input is too long (up to { $limit } characters).
    .next = Enter one number only.
number-foreign-character = Character { $position }, "{ $character }", is not a digit.
    .next = Enter digits only. Mind O and 0 (zero), I or l and 1.
number-wrong-length = Wrong number of digits: { $found } instead of { $expected }.
    .next = { $suspect-count ->
        [0] Compare: is a group missing, or a digit too many?
       *[other] A digit is missing or too many in one of the groups { $suspects }. Compare them.
    }
number-wrong-groups = { $count ->
        [one] This group is wrong: { $groups }
       *[other] These groups are wrong: { $groups }
    }
    .next = Compare and correct only these; the others hold.
number-wrong-reply-check = The reply is damaged (its last two digits do not fit).
    .next = Scan it again. If you type, type all digits, those behind box H as well.
number-behind-missing = The digits behind box H are missing.
    .next = This number came with digits behind box H. Type those as well, or everything again.
number-two-numbers = Another number stands behind the first one. Neither was taken.
    .next = Enter one number only.
number-other-kind = This is another kind of number: { $found ->
        [iid] an Installation ID
        [cid] a Confirmation ID
        [typed-reply] a Confirmation ID and the check of its reply
       *[reply] a reply (digits behind box H)
    }
    .next = { $wanted ->
        [iid] Enter the Installation ID, 63 or 54 digits.
        [cid] Enter the Confirmation ID, 48 digits (A to H).
       *[reply] Enter the reply, 60 digits.
    }

defect-missing = { $count ->
        [one] Group { $group }: one digit is missing.
       *[other] Group { $group }: { $count } digits are missing.
    }
defect-extra = { $count ->
        [one] Group { $group }: one digit too many.
       *[other] Group { $group }: { $count } digits too many.
    }
defect-wrong-check-digit = Group { $group }: one of its digits is wrong.

## Licence store

store-refused = Windows refused ({ $code }).
    .next = See where the products stand with "hikyaku status".
store-unreachable = The licence store cannot be reached ({ $code }): { $reason }
    .next = Start the services "Software Protection" (sppsvc) and "Windows Management Instrumentation" (winmgmt), then try again.
store-unexpected-row = Property { $property } of the licence store is missing or unreadable.
    .next = Restart the PC and try again. If it stays: save the output of "slmgr /dlv" and show it with "hikyaku show --from FILE".
store-not-windows = This PC does not run Windows: there is no licence store here.
    .next = Run it on the Windows PC to be activated. To rehearse, use "--practice FILE"; for saved slmgr output, "show --from FILE".
store-practice-file = The practice file { $file } cannot be read or written: { $reason }
    .next = Name a file in a folder that you may write to, or make a practice PC there with "hikyaku practice new-pc".
store-practice-file-missing = There is no practice PC in { $file }.
    .next = Check its name and place, or make one with "hikyaku practice new-pc { $file }".
store-practice-file-exists = { $file } exists already. It was left as it is.
    .next = Choose another name for the new practice PC.
store-practice-file-damaged = The practice file { $file } is damaged, or no practice file: { $reason }
    .next = It was left as it is. Make a practice PC under another name with "hikyaku practice new-pc".
store-practice-file-version = The practice file { $file } was made by a newer Hikyaku (version { $version }).
    .next = It was left as it is. Use the newer Hikyaku, or make a practice PC under another name with "hikyaku practice new-pc".

deposit-product-gone = Product { $product } is not in the licence store. Nothing was deposited.
    .next = See the products with "hikyaku status".
deposit-not-pending = Product { $product } does not wait for a Confirmation ID. Nothing was deposited.
    .next = See where it stands with "hikyaku status".
deposit-tag-mismatch = The Installation ID, read again just before the deposit, is not the one that was answered. Nothing was deposited.
    .next = Show the new Installation ID with "hikyaku show" and get a new Confirmation ID.
deposit-practice-mixed = { $store ->
        [practice] A real Confirmation ID does not belong on a practice PC.
       *[real] This is a practice Confirmation ID; it does not belong on a real PC.
    }
    .next = { $store ->
        [practice] Get a practice Confirmation ID with "hikyaku practice portal".
       *[real] Get the real Confirmation ID at the portal (https://aka.ms/aoh).
    }

memory-damaged = The memory of what was shown, { $file }, is damaged: { $reason }
    .next = It was set aside as { $aside }, and a new one begun. Nothing needs to be done; a change of hardware since the last showing goes unnoticed this once.
memory-newer = The memory of what was shown, { $file }, was written by a newer Hikyaku (version { $version }).
    .next = Use that Hikyaku, or name another file with "--memory FILE". It was left as it is; without it a hardware change goes unnoticed.
memory-io = The memory of what was shown, { $file }, cannot be read or written: { $reason }
    .next = Without it a hardware change goes unnoticed. Name a writable file with "--memory FILE" and try again.

## Why a product cannot use a Confirmation ID

obstacle-no-key = No product key is installed, so a Confirmation ID does not apply.
    .next = Install the product key first.
obstacle-kms-client = It is a KMS client: it activates through a KMS host, never by a Confirmation ID.
    .next = To activate it on its own, install a MAK or retail key.
obstacle-virtual-machine = It activates through its hypervisor (AVMA), never by a Confirmation ID.
    .next = Run it on an activated host; it activates by itself.
obstacle-no-installation-id = Its Installation ID cannot be read, so a Confirmation ID does not apply.
    .next = Restart the PC, then run "hikyaku status" again.

## What to know about a product before the walk

caveat-no-offline-way = Windows Pro for Workstations and Pro Education are said to have no offline activation: the portal may not serve them.
    .next = Ask Microsoft or the seller before the walk. If it is refused, install the key of another edition or connect the PC once.
caveat-esu-year = Extended security updates, year { $year }: Windows 10 22H2, then KB5066791, then KB5072653 must be installed first, and every year has a key of its own.
    .next = Check that these updates are installed and that this is the year you need; then carry its Installation ID out like any other.

## Command line

cli-file-unreadable = Cannot read { $file }: { $reason }
    .next = Check its name and place.
cli-file-unwritable = Cannot write { $file }: { $reason }
    .next = Check that the place is writable and has space left.
cli-standard-input = Cannot read standard input: { $reason }
    .next = Name a file instead.
cli-standard-output = Cannot write the result: { $reason }
    .next = Check the space left where the output goes. What was deposited shows in "hikyaku status".
cli-nothing-entered = The input ended before any digit came. Nothing was deposited.
    .next = Enter the 48 digits of the Confirmation ID (A to H), or the 60 digits of the reply.
cli-number-incomplete = The input ended after { $digits } digits. Nothing was deposited.
    .next = Enter the 48 digits of the Confirmation ID (A to H), or the 60 digits of the reply, whole.
cli-nothing-to-show = No product on this PC waits for a Confirmation ID.
    .next = See each product's state and the reason with "hikyaku status".
cli-unknown-product = No product matches "{ $wanted }".
    .next = Find the last five of the key or the Activation ID with "hikyaku status --json".
cli-ambiguous-product = Several products match "{ $wanted }".
    .next = Name it by the last five of the key, or by its Activation ID.
cli-unknown-image-format = { $file }: this kind of file is not known.
    .next = Let its name end in .png or .svg.
cli-practice-mixed = A practice number and a real one do not go together.
    .next = Use the Installation ID and the Confirmation ID of the same PC.
cli-answers-another = This is a reply to another Installation ID.
    .next = Use the Installation ID and the Confirmation ID of the same PC.
cli-not-practice = { $masked } is not a practice Installation ID.
    .next = Enter a real Installation ID at Microsoft's portal (https://aka.ms/aoh).
cli-no-receipt-yet = Nothing was deposited on this PC yet.
    .next = Read the reply first, with "hikyaku scan" or "hikyaku enter".
cli-journey-broken = The rehearsal did not end as it must: { $open } not activated, { $slipped } mix-ups missed, { $wrong } wrong deposits
    .next = Run it again with the same --seed and look at the photographs in --out.

## Arguments

usage-invalid-value = { $argument } does not take "{ $value }".
    .next = { $choices ->
        [0] See the values that it takes with "hikyaku COMMAND --help".
       *[other] It takes: { $possible }
    }
usage-missing-value = { $argument } needs a value.
    .next = See "hikyaku --help".
usage-unknown-argument = There is no { $argument }.
    .next = See "hikyaku --help" or "hikyaku COMMAND --help".
usage-unknown-command = There is no command "{ $subcommand }".
    .next = See the list of commands with "hikyaku --help".
usage-missing-argument = Something is missing: { $argument }
    .next = See the examples with "hikyaku COMMAND --help".
usage-missing-command = No command is named.
    .next = The commands are: { $commands }
usage-conflict = { $argument } and { $prior } do not go together.
    .next = Use one of them.
usage-not-text = An argument is not readable text.
    .next = Check the arguments.
usage-other = The arguments do not go together.
    .next = See "hikyaku --help".

## Pictures

picture-empty = The file is empty.
    .next = Take the picture again, or copy it again.
picture-too-large = The file is too large ({ $bytes } bytes, at most { $limit }).
    .next = Name an ordinary photograph of the code (PNG, JPEG, WebP, BMP, GIF).
picture-unknown-format = This kind of file cannot be read as a picture.
    .next = Save it as PNG, JPEG, WebP, BMP or GIF. An iPhone takes JPEG instead of HEIC when set to "Most Compatible".
picture-damaged = The picture file is damaged: { $reason }
    .next = Take the picture again, or copy it again.
picture-too-many-pixels = The picture is too large ({ $width } × { $height } pixels).
    .next = Take it at an ordinary size, or make it smaller.
digits-damaged = The part of Hikyaku that reads digits is damaged.
    .next = Get Hikyaku again. Reading QR codes and typing still work.

## Symbols

symbol-empty = There is nothing to make a code of.
    .next = Name a number.
symbol-too-long = It does not fit one code ({ $characters } characters).
    .next = Show the products one by one with --product.
symbol-module-size = { $module-pixels } pixels per module are not possible.
    .next = Give --module a value from 1 to { $most }.
symbol-terminal-too-small = The terminal is too small for the code: { $columns } columns × { $rows } rows, where { $needed-columns } × { $needed-rows } are needed.
    .next = Enlarge the window or choose smaller text, add --compact, or write it to a file with -o FILE.png. The number stands below.
symbol-encoder = The code could not be made: { $reason }
    .next = Go on by typing the number, and please report this defect.

## What travels between phone and PC (packets)

packet-not-a-packet = This is not the content of a code of Hikyaku's.
    .next = Read a code that Hikyaku shows.
packet-unknown-kind = This kind of content is not known ({ $kind }).
    .next = Use a newer Hikyaku.
packet-unknown-version = This was made by a newer Hikyaku (kind { $kind }, version { $version }).
    .next = Replace this Hikyaku by a newer one.
packet-too-large = The content is too long (up to { $limit } characters).
    .next = Read a code that Hikyaku shows.
packet-not-base64 = The content is damaged (at character { $position }).
    .next = Read the code again. If you copied text, copy all of it again.
packet-truncated = The content ends in the middle.
    .next = Read the code again. If you copied text, copy it to its end.
packet-not-cbor = The content is damaged (at byte { $offset }).
    .next = Read the code again.
packet-too-deep = The content is nested too deeply (up to { $limit } levels).
    .next = Read a code that Hikyaku shows.
packet-trailing-bytes = Something follows the content ({ $count } bytes).
    .next = Read the code again.
packet-wrong-key = The content has an entry of an unknown form.
    .next = Read a code that Hikyaku shows.
packet-duplicate-key = Entry { $key } stands twice.
    .next = Show the code again, and read it again.
packet-missing-field = Entry { $field } is missing.
    .next = Show the code again, and read it again.
packet-wrong-type = Entry { $field } is of another type.
    .next = Show the code again, and read it again.
packet-malformed = Entry { $field } has a value that is not allowed.
    .next = Show the code again, and read it again.
packet-wrong-groups = The number in entry { $field } does not hold: groups { $groups }
    .next = Show the code again, and read it again.
packet-wrong-count = Entry { $field } has { $found } parts ({ $least } to { $most } are allowed).
    .next = Split products or PCs, and show them again.
packet-same-product-twice = A product stands twice: { $product }
    .next = Show the code again, and read it again.

link-no-message = This link holds no message of Hikyaku's.
    .next = Read a code that Hikyaku shows.
link-too-long = The page address is too long (up to { $limit } characters).
    .next = Use a shorter https address.
link-foreign-character = Character { $position } of the page address, "{ $character }", is not possible there.
    .next = Use an https address of plain letters, digits and marks.
link-not-an-address = This is not the address of a page.
    .next = Use an address that begins with https://.
link-not-secure = A page by http:// is not possible (except on this machine itself).
    .next = Use an address that begins with https://.
link-has-fragment = The page address has a # in it.
    .next = Give only what stands before the #.
link-has-credentials = The page address has a user name or password in it.
    .next = Give the address without them.

## Pasted or saved text

pasted-empty = There is no text.
    .next = Save it again, for example with "cscript //nologo slmgr.vbs /dti > dti.txt".
pasted-too-large = The file is too large (up to { $limit } bytes).
    .next = Name a file with nothing but the output of slmgr or ospp.vbs.
pasted-binary = This is not a text file.
    .next = Save the output of slmgr or ospp.vbs as text. For a photograph of a code, use "hikyaku decode".
pasted-nothing-found = No Installation ID is found here.
    .next = Save the whole output of "slmgr.vbs /dti", "slmgr.vbs /dlv" or "ospp.vbs /dinstid".
pasted-damaged-number = The number on line { $line } does not hold{ $count ->
        [0] .
       *[other] : groups { $groups }
    }
    .next = Save it again, or compare it with the screen. Hikyaku never corrects a number by guessing.

## Hints beside a live camera: what is seen, and what to change

hint-too-bright = The screen is too bright for the camera.
    .next = Lower the phone's brightness.
hint-too-dark = It is too dark.
    .next = Raise the phone's brightness, or switch a light on.
hint-dark-mode = The code is shown light on dark.
    .next = Switch the phone's dark mode off.
hint-too-far = The code is too small ({ $pixels } pixels per module).
    .next = Hold it nearer, 25-35 cm away, so that it fills a third of the picture.
hint-out-of-focus = The picture is out of focus.
    .next = Hold it a little further away (25-35 cm), and wait a moment.
hint-glare = A reflection lies over the code.
    .next = Tilt the phone a little, or shade it from the lamp.
hint-motion = The picture is smeared.
    .next = Hold it still, best by leaning your hand on something.
hint-cut-off = A part of the code is outside the picture.
    .next = Move it to the middle, with the white border all around.
hint-part = This code is part { $number } of { $of } of a longer text, and says nothing alone.
    .next = Show the whole as one code, or type the number. Hikyaku makes no such codes.
hint-nothing = No code is in sight.
    .next = Hold the code in front of the camera, 25-35 cm away.
