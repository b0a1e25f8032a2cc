# The camera.

camera-no-camera = There is no camera.
    .next = Plug in a camera. Without one, send the reply with a handheld scanner or type it.
camera-no-media-foundation = Cameras cannot be used: the Media Feature Pack is missing from this Windows.
    .next = Add it under Settings → "Apps" → "Optional features" → "Media Feature Pack" (N and KN editions); on a server, add the feature "Media Foundation". A handheld scanner and the keyboard work without it.
camera-not-found = There is no camera "{ $name }".
    .next = { $cameras ->
        [0] Plug in a camera.
       *[other] Cameras that are there: { $present }
    }
# Where no camera could be listed, there is no name.
camera-called = { $named ->
        [0] The camera
       *[other] The camera "{ $name }"
    }
camera-blocked = { camera-called } may not be used here.
    .next = { $system ->
        [windows] In Settings, under "Privacy & security" → "Camera", turn on camera access and "desktop apps". A switch or lid on the camera, or the administrator's policy, may block it too.
       *[other] Give this user the right to open the camera (/dev/video*), usually by the group "video".
    }
camera-busy = { camera-called } is used by another program.
    .next = Close the program that uses it (video calls, the Camera app).
camera-unplugged = { camera-called } is gone.
    .next = Check its cable and plug it in again. It goes on by itself then.
camera-stalled = { camera-called } sends no picture.
    .next = Check its lid and switch; if that does not help, plug it in again. It goes on by itself when pictures come.
camera-no-usable-format = { camera-called } sends pictures of no usable format.
    .next = Choose another camera; else send the reply with a handheld scanner or type it.
camera-failed = { camera-called } cannot be used: { $reason }
    .next = Plug it in again or choose another. The reply can also be scanned with a handheld scanner or typed.
camera-folder-unreadable = The folder { $folder }, which stands in for a camera, cannot be read: { $reason }
    .next = Check its name and place.

cameras-name = Name
cameras-kind = Kind
cameras-place = Place
cameras-next = "hikyaku scan --camera NAME" uses that one.
camera-kind-ordinary = camera
camera-kind-virtual = virtual camera
camera-kind-infrared = infrared camera (not fit for reading)

live-begun = Hold the code of the reply before the camera "{ $name }" (25-35 cm). Ctrl-C ends it.
live-begun-again = Pictures come again from the camera "{ $name }".
live-cancelled = Cancelled.
live-nothing = No reply was read in time.
    .next = Lower the phone's brightness and hold it 25-35 cm away so that the code fills a third of the picture. You can also type it: "hikyaku enter".
