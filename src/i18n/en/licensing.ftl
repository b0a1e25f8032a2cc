# The licence store of Windows, and administrator rights

store-no-answer = { $seconds ->
        [0] The licensing service of Windows did not answer in time.
       *[other] The licensing service of Windows has not answered for { $seconds } seconds.
    }
    .next = Wait a minute and look at "hikyaku status". If nothing changed, restart the PC and try again.
store-elevation-declined = Administrator rights were not granted. Nothing was deposited.
    .next = Scan again and choose "Yes" when Windows asks. The rights are used for this deposit only.
store-elevation-forbidden = Administrator rights cannot be had on this PC ({ $code }): { $reason }. Nothing was deposited.
    .next = Sign in as an administrator, or right-click the program and choose "Run as administrator". Where that is forbidden, ask whoever administers this PC, or run a copy in a folder that is allowed.
store-elevation-unsigned = This PC gives administrator rights to signed programs only ({ $code }). Nothing was deposited.
    .next = Ask whoever administers this PC to start the program from a console that has these rights already, or to type the 48 digits into Windows' own activation window.
store-elevation-program-gone = The program's own file cannot be reached ({ $code }): { $reason } Nothing was deposited.
    .next = If the program is on a stick or a share, connect it again and try again. Or copy it to this PC first.
store-elevation-failed = The program could not be started as administrator ({ $code }): { $reason }
    .next = Copy the program into a folder of this PC (the desktop, for example), right-click it and choose "Run as administrator".
store-elevation-broke-off = The part that ran as administrator ended without a result ({ $code }).
    .next = Look at "hikyaku status". If the product is not activated, right-click the program, choose "Run as administrator" and try again.
