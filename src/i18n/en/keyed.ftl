# A PC without Hikyaku: the Confirmation ID goes into Windows by scanner or by hand.

keyed-switch = For a PC without Hikyaku
keyed-switch-back = Back to the QR code for Hikyaku
keyed-title = Confirmation ID for “{ $pc }” (a PC without Hikyaku)
keyed-form-command = Command
keyed-form-tabbed-boxes = Digits, Tab between boxes
keyed-form-digits = Digits only
keyed-how-command = Run “Command Prompt” as administrator on the PC and read this QR code with the scanner. If nothing happens, press Enter.
keyed-how-tabbed-boxes = Select box A of the Confirmation ID in Windows and read this QR code with the scanner. For a screen whose boxes do not move on by themselves.
keyed-how-digits = Select box A of the Confirmation ID in Windows and read this QR code with the scanner. For a screen whose boxes move on by themselves, or that has only one.
keyed-layouts = Works where the PC's keyboard is set to Japanese or English (US). Other layouts, such as German, move / and -: use the QR code with the digits there, or type. Switch a Japanese input method off.
keyed-main-product = The ID of the product is not known, so this command is for Windows itself. It does not serve ESU or Office.
keyed-by-hand = Without a scanner, type A to H on the screen of Windows. The check is only for typing into Hikyaku.
keyed-after = See the message that it is done. To be sure, run { $check }: if it says activated, this PC is done.
keyed-record = Photograph the message with the phone and add it to the record.
keyed-not-this-pc = Check the PC's name before you read the code. Windows refuses another PC's number (0xC004F031).
keyed-check = check
