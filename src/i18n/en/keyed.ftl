# A PC without Hikyaku: the Confirmation ID goes into Windows by scanner or by hand.

keyed-switch = For a PC without Hikyaku
keyed-switch-back = For Hikyaku
keyed-title = Confirmation ID for “{ $pc }” (a PC without Hikyaku)
keyed-form-command = Command
keyed-form-tabbed-boxes = Digits + Tab
keyed-form-digits = Digits only
keyed-how-command = Run “Command Prompt” as administrator and read the QR code with the scanner. If nothing happens, press Enter.
keyed-how-tabbed-boxes = Select box A of the Confirmation ID in Windows and read the QR code with the scanner. For boxes that do not move on by themselves.
keyed-how-digits = Select box A of the Confirmation ID in Windows and read the QR code with the scanner. For boxes that move on by themselves, or a single one.
keyed-layouts = Works where the keyboard is Japanese or English (US). Layouts such as German move / and -: use the digits there, or type. Switch a Japanese input method off.
keyed-of-form = { $form }: { $how }
keyed-main-product = The ID of the product is not known, so this command is for Windows itself, not for ESU or Office.
keyed-by-hand = Without a scanner, type A to H into Windows (the check is for Hikyaku).
keyed-after = The message says when it is activated; { $check } shows it again.
keyed-record = Photograph the message for the record, or tap “Mark as activated” on the phone.
keyed-saw = Mark as activated
keyed-saw-ask = Does “{ $pc }” say that it is activated?
keyed-saw-body = Only the message on the PC's screen counts. This cannot be taken back.
keyed-not-this-pc = Check the PC's name first: Windows refuses another PC's number (0xC004F031).
keyed-check = check
