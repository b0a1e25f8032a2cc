# The phone page: handing it out.

page-written = Put these files on any web server with HTTPS, or send { $file } alone to the phone: it works as a file too.
    Nothing that is entered on the page leaves the phone.
page-serving-secure = Point the phone's camera at the code above, or type the address. Phone and computer must be on the same network.
    The phone will warn that it does not know who made the certificate. That is expected: this computer made it just now.
      iPhone: "Show Details", then "visit this website".  Android: "Advanced", then "Proceed".
    Continue only if the certificate's SHA-256 fingerprint is
      { $fingerprint }
    Because of that warning, the phone cannot keep the page for later by itself: leave it open, or load it from a web server with a certificate of its own.
    Ctrl-C ends this.
page-serving-plain = Only this computer can open this address.
    Ctrl-C ends this.
page-serving-ended = The page is no longer served.

serve-no-network = This computer has no address on a local network.
    .next = Connect it to the network that the phone is on (a phone's own hotspot will do), or name an address with --bind. Without any network use "hikyaku page --out".
serve-address-in-use = Cannot listen on { $address }: { $reason }
    .next = Choose another port with --port, or another address of this computer with --bind.
serve-plain-outside = Plain HTTP on { $address } could be read by others on the network, and phones would not allow the camera.
    .next = Leave out --plain to serve HTTPS.
serve-certificate = No certificate could be made: { $reason }
    .next = Use "hikyaku page --out" and put the files on a web server. Report this as a defect.
serve-ended = The page is no longer served: { $reason }
    .next = Run the command again.
cli-built-without-serving = This program was built without "page --serve".
    .next = Write the page with "hikyaku page --out DIR", or build with feature "serve".

help-page = Hand out the phone page: as files, or served to phones around
help-page-arg-out = Write the page into this folder, for any web server or to send as a file
help-page-arg-serve = Serve the page over HTTPS on the local network until Ctrl-C
help-page-arg-port = Port to serve on; 0 takes any that is free (else 8443)
help-page-arg-bind = Address of this computer to serve on (else found out)
help-page-arg-plain = Serve plain HTTP, for a browser on this computer only
help-page-examples =
    hikyaku page --out page
    hikyaku page --serve
help-practice-film = Show how a camera would see pictures on a screen
help-practice-film-arg-pictures = Pictures of screens
help-practice-film-arg-output = Photograph to write (.jpg), or film (.y4m) of all pictures in turn
help-practice-film-arg-camera = Which camera: phone or webcam (else webcam)
help-practice-film-arg-seed = Seed of chance; the same seed gives the same film (else 1)
help-practice-film-arg-frames = Frames of each picture in a film (1 to 300, else 10)
help-practice-film-arg-width = Width of a frame (else 1280)
help-practice-film-arg-height = Height of a frame (else 720)
help-practice-film-examples =
    hikyaku practice film reply.png -o photo.jpg --seed 7

trip-file-too-large = The file is larger than any trip file ({ $limit } bytes).
    .next = Choose the trip file that the phone page or Hikyaku saved.
trip-file-not-json = This is not a trip file, or it is damaged.
    .next = Save the trip again on the phone page, and choose that file.
trip-file-not-a-trip = The file holds no trip.
    .next = Choose the trip file that the phone page or Hikyaku saved.
trip-file-newer = The trip was saved by a newer version (format { $version }).
    .next = Update Hikyaku on this device, then open the file again. Nothing was changed.
trip-file-duplicate-key = The trip file says the same thing twice: it was changed after it was saved.
    .next = Save the trip again on the phone page, and choose that file.
trip-file-malformed = The trip file holds something that does not belong there: it was changed after it was saved.
    .next = Save the trip again on the phone page, and choose that file.
trip-file-wrong-groups = A number in the trip file is damaged ({ $field }, group { $groups }).
    .next = Save the trip again on the phone page, and choose that file.

parts-not-a-part = This code is no part of a trip.
    .next = Point the camera at the moving code on the other device.
parts-other-type = This moving code is something else than a trip of Hikyaku.
    .next = On the other device open the record of the trip and choose to hand it over.
parts-damaged = This part of the trip was damaged on the way.
    .next = Keep the camera on the moving code: the part comes again.
parts-other-trip = This part belongs to another trip than the ones before.
    .next = Hold only one moving code before the camera, or begin again.
parts-too-large = This moving code holds more than a trip has.
    .next = Hand the trip over as a file.
