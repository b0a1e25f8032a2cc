//! Selects among the cameras that the system lists.

use super::{CameraChoice, CameraError, CameraInfo, CameraKind};

/// The kind of camera, judged by its name.
pub(super) fn kind_of(name: &str) -> CameraKind {
    let name = name.to_lowercase();
    let words: Vec<&str> = name
        .split(|character: char| !character.is_alphanumeric())
        .collect();
    let says = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
    if says(&["ir", "infrared", "hello"]) || name.contains("赤外線") {
        CameraKind::Infrared
    } else if says(&[
        "virtual", "obs", "dummy", "loopback", "manycam", "xsplit", "snap", "ndi",
    ]) || name.contains("仮想")
        || name.contains("v4l2loopback")
    {
        CameraKind::Virtual
    } else {
        CameraKind::Ordinary
    }
}

/// The cameras, ordinary ones first, without secondary device nodes: those with a
/// part number above 0 that share the name of a main node.
pub(super) fn distinct<T>(listed: Vec<(u32, T)>, info: impl Fn(&T) -> &CameraInfo) -> Vec<T> {
    let main: Vec<String> = listed
        .iter()
        .filter(|(part, _)| *part == 0)
        .map(|(_, camera)| info(camera).name.clone())
        .collect();
    let mut cameras: Vec<T> = listed
        .into_iter()
        .filter(|(part, camera)| *part == 0 || !main.contains(&info(camera).name))
        .map(|(_, camera)| camera)
        .collect();
    cameras.sort_by_key(|camera| {
        let CameraInfo { place, kind, .. } = info(camera);
        // /dev/video10 comes after /dev/video9.
        (*kind, place.len(), place.clone())
    });
    cameras
}

/// The cameras to try, in order, as indices into the list.
///
/// # Errors
/// [`CameraError::NoCamera`] or [`CameraError::NotFound`].
pub(super) fn candidates(
    choice: &CameraChoice,
    cameras: &[&CameraInfo],
) -> Result<Vec<usize>, CameraError> {
    let those = |wanted: &dyn Fn(&CameraInfo) -> bool| -> Vec<usize> {
        (0..cameras.len())
            .filter(|&index| wanted(cameras[index]))
            .collect()
    };
    let found = match choice {
        // An infrared camera sees no screens: better to report that the ordinary
        // one is in use than to fall back to it.
        CameraChoice::Any => {
            let ordinary = those(&|camera| camera.kind == CameraKind::Ordinary);
            if ordinary.is_empty() {
                those(&|_| true)
            } else {
                ordinary
            }
        }
        CameraChoice::Named(name) => {
            let lower = name.to_lowercase();
            let exact = those(&|camera| camera.name == *name || camera.place == *name);
            if exact.is_empty() && !lower.is_empty() {
                those(&|camera| camera.name.to_lowercase().contains(&lower))
            } else {
                exact
            }
        }
    };
    match choice {
        _ if !found.is_empty() => Ok(found),
        CameraChoice::Named(name) => Err(CameraError::NotFound {
            name: crate::ground::printable(name),
            present: cameras
                .iter()
                .map(|camera| camera.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        }),
        CameraChoice::Any => Err(CameraError::NoCamera),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(name: &str, place: &str) -> CameraInfo {
        CameraInfo {
            name: name.to_owned(),
            place: place.to_owned(),
            kind: kind_of(name),
        }
    }

    #[test]
    fn names_tell_virtual_and_infrared_cameras() {
        for (name, kind) in [
            ("HD Webcam C525", CameraKind::Ordinary),
            ("Integrated Camera: Integrated C", CameraKind::Ordinary),
            ("Mirror Cam", CameraKind::Ordinary),
            ("Integrated IR Camera", CameraKind::Infrared),
            ("Windows Hello Face Camera", CameraKind::Infrared),
            ("赤外線カメラ", CameraKind::Infrared),
            ("OBS Virtual Camera", CameraKind::Virtual),
            ("Dummy video device (0x0000)", CameraKind::Virtual),
        ] {
            assert_eq!(kind_of(name), kind, "{name}");
        }
    }

    #[test]
    fn a_camera_is_listed_once_and_ordinary_ones_first() {
        let listed = vec![
            (0, camera("OBS Virtual Camera", "/dev/video2")),
            (1, camera("Webcam", "/dev/video11")),
            (0, camera("Webcam", "/dev/video10")),
            (0, camera("Webcam", "/dev/video9")),
            (1, camera("Second lens", "/dev/video12")),
        ];
        let places: Vec<String> = distinct(listed, |camera| camera)
            .into_iter()
            .map(|camera| camera.place)
            .collect();
        let expected = ["/dev/video9", "/dev/video10", "/dev/video12", "/dev/video2"];
        assert_eq!(places, expected);
    }

    #[test]
    fn the_camera_meant_is_found() {
        let cameras = [
            camera("Webcam HD", "/dev/video0"),
            camera("Webcam HD Pro", "/dev/video4"),
            camera("Integrated IR Camera", "/dev/video2"),
        ];
        let cameras: Vec<&CameraInfo> = cameras.iter().collect();
        let named = |name: &str| candidates(&CameraChoice::Named(name.to_owned()), &cameras);
        assert_eq!(named("Webcam HD"), Ok(vec![0]));
        assert_eq!(named("/dev/video4"), Ok(vec![1]));
        assert_eq!(named("webcam"), Ok(vec![0, 1]));
        assert_eq!(named("ir camera"), Ok(vec![2]));
        // The infrared camera is used only on request.
        assert_eq!(candidates(&CameraChoice::Any, &cameras), Ok(vec![0, 1]));
        assert_eq!(candidates(&CameraChoice::Any, &cameras[2..]), Ok(vec![0]));
    }

    #[test]
    fn what_is_not_there_is_named_with_what_is() {
        let webcam = camera("Webcam", "");
        let error = candidates(&CameraChoice::Named("Other".to_owned()), &[&webcam]);
        let expected = CameraError::NotFound {
            name: "Other".to_owned(),
            present: "Webcam".to_owned(),
        };
        assert_eq!(error, Err(expected));
        assert_eq!(
            candidates(&CameraChoice::Any, &[]),
            Err(CameraError::NoCamera)
        );
    }
}
