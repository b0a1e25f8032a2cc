//! The cameras of this PC, through nokhwa: V4L2 or Media Foundation.

use super::capture::{CaptureTimeouts, Device, Driver, DriverThread};
use super::clock::Clock;
use super::diagnosis::diagnose;
use super::format::{self, AttemptError, Offer};
use super::layout::{Layout, PixelFormat};
use super::listing::{candidates, distinct, kind_of};
use super::{CameraChoice, CameraError, CameraInfo, FrameSource};
use crate::ground::printable;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use nokhwa::{Camera, NokhwaError};
use std::borrow::Cow;
use std::sync::LazyLock;

static DRIVER_THREAD: LazyLock<DriverThread<Native>> =
    LazyLock::new(|| DriverThread::new(Native, CaptureTimeouts::default(), Clock::default()));

pub(super) fn open(choice: &CameraChoice) -> Result<Box<dyn FrameSource>, CameraError> {
    DRIVER_THREAD.open(choice)
}

pub(super) fn cameras() -> Result<Vec<CameraInfo>, CameraError> {
    DRIVER_THREAD.list()
}

/// Formats that [`Layout::luma`] can read.
///
/// Not RGB on Windows: Media Foundation may send the lowest row first, and nokhwa
/// does not say whether it does, so a symbol could be mirrored.
const READABLE: &[FrameFormat] = &[
    FrameFormat::NV12,
    FrameFormat::YUYV,
    FrameFormat::MJPEG,
    FrameFormat::GRAY,
    #[cfg(not(windows))]
    FrameFormat::RAWRGB,
    #[cfg(not(windows))]
    FrameFormat::RAWBGR,
];

/// What to request from a camera that lists sizes and rates as ranges, which
/// nokhwa does not support.
const IN_STEPS: [(u32, u32, FrameFormat); 4] = [
    (1280, 720, FrameFormat::YUYV),
    (640, 480, FrameFormat::YUYV),
    (1280, 720, FrameFormat::MJPEG),
    (640, 480, FrameFormat::NV12),
];

struct Native;

/// A camera as the system lists it.
type ListedCamera = (CameraIndex, CameraInfo);

impl Driver for Native {
    #[cfg(windows)]
    fn prepare(&self) {
        super::media_foundation::hold();
    }

    fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
        Ok(listed()?.into_iter().map(|(_, info)| info).collect())
    }

    fn open(&self, choice: &CameraChoice) -> Result<Box<dyn Device>, CameraError> {
        let listed = listed()?;
        let infos: Vec<&CameraInfo> = listed.iter().map(|(_, info)| info).collect();
        let mut first_error = None;
        for candidate in candidates(choice, &infos)? {
            let (index, info) = &listed[candidate];
            match OpenCamera::open(index, &info.name) {
                Ok(device) => return Ok(Box::new(device)),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or(CameraError::NoCamera))
    }
}

/// The cameras, without secondary device nodes.
fn listed() -> Result<Vec<ListedCamera>, CameraError> {
    let listed =
        nokhwa::query(ApiBackend::Auto).map_err(|error| diagnose("", &error.to_string()))?;
    let entries = listed.iter().map(|info| {
        let name = printable(&info.human_name());
        let info_of = CameraInfo {
            kind: kind_of(&name),
            name,
            place: place(info.index(), &info.misc()),
        };
        (part(info.index()), (info.index().clone(), info_of))
    });
    Ok(distinct(entries.collect(), |(_, info)| info))
}

#[cfg(target_os = "linux")]
fn place(index: &CameraIndex, _: &str) -> String {
    format!("/dev/video{index}")
}

#[cfg(not(target_os = "linux"))]
fn place(_: &CameraIndex, symbolic_link: &str) -> String {
    printable(symbolic_link)
}

/// Index of a node among those of its camera, 0 for the main one: Linux has one
/// node for frames and one for metadata, with the same name.
fn part(index: &CameraIndex) -> u32 {
    let file = format!("/sys/class/video4linux/video{index}/index");
    std::fs::read_to_string(file)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
}

/// An open camera.
struct OpenCamera {
    camera: Camera,
    name: String,
    layout: Layout,
}

impl OpenCamera {
    fn open(index: &CameraIndex, name: &str) -> Result<Self, CameraError> {
        let failed = |error: NokhwaError| diagnose(name, &error.to_string());
        let (mut camera, listed) = open_any(index).map_err(failed)?;
        // nokhwa's driver for Media Foundation lists only two pixel formats per
        // camera, and only integral rates.
        let asked = if cfg!(windows) {
            format::asked()
        } else {
            Vec::new()
        };
        let plan = format::plan(&listed, &asked);
        let found = format::first_that_works(&plan, |offer| try_format(&mut camera, name, offer));
        match found {
            Ok(layout) => Ok(Self {
                camera,
                name: name.to_owned(),
                layout,
            }),
            // The camera refused what it had offered itself.
            Err(None | Some(CameraError::Failed { .. })) => Err(CameraError::NoUsableFormat {
                name: name.to_owned(),
            }),
            Err(Some(error)) => Err(error),
        }
    }
}

/// Sets a format and waits for a frame, because a driver may accept a format, open
/// the camera, and send nothing.
fn try_format(camera: &mut Camera, name: &str, offer: Offer) -> Result<Layout, AttemptError> {
    let failed = |error: &NokhwaError| diagnose(name, &error.to_string());
    let exact = RequestedFormatType::Exact(format_of(offer));
    camera
        .set_camera_requset(RequestedFormat::with_formats(exact, READABLE))
        .map_err(|error| match failed(&error) {
            error @ CameraError::NoUsableFormat { .. } => AttemptError::Absent(error),
            error => attempt_error(error),
        })?;
    let begun = camera
        .open_stream()
        .and_then(|()| camera.frame_raw().map(|_| ()));
    match begun {
        Ok(()) => Ok(layout_of(camera.camera_format())),
        Err(error) => {
            let _ = camera.stop_stream();
            Err(attempt_error(failed(&error)))
        }
    }
}

/// Classifies an error by whether another format may work.
fn attempt_error(error: CameraError) -> AttemptError {
    match error {
        CameraError::Blocked { .. }
        | CameraError::Unplugged { .. }
        | CameraError::NoMediaFoundation => AttemptError::Final(error),
        error => AttemptError::Silent(error),
    }
}

/// Opens a camera in any format, and lists what it offers.
fn open_any(index: &CameraIndex) -> Result<(Camera, Vec<Offer>), NokhwaError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, READABLE);
    let first_error = match Camera::new(index.clone(), any) {
        Ok(mut camera) => {
            let mut offers: Vec<Offer> = camera
                .compatible_camera_formats()?
                .into_iter()
                .filter(|format| READABLE.contains(&format.format()))
                .map(offer_of)
                .collect();
            // Media Foundation does not report the true rate here.
            if !cfg!(windows) {
                offers.push(offer_of(camera.camera_format()));
            }
            return Ok((camera, offers));
        }
        Err(error) => error,
    };
    let unlisted: Vec<CameraFormat> = if cfg!(windows) {
        format::asked().into_iter().map(format_of).collect()
    } else {
        let at_30 =
            |(width, height, kind)| CameraFormat::new(Resolution::new(width, height), kind, 30);
        IN_STEPS.map(at_30).into()
    };
    for format in unlisted {
        let exact = RequestedFormat::with_formats(RequestedFormatType::Exact(format), READABLE);
        if let Ok(camera) = Camera::new(index.clone(), exact) {
            return Ok((camera, vec![offer_of(format)]));
        }
    }
    Err(first_error)
}

fn offer_of(format: CameraFormat) -> Offer {
    Offer {
        layout: layout_of(format),
        rate: format.frame_rate(),
    }
}

fn layout_of(format: CameraFormat) -> Layout {
    Layout {
        width: format.width(),
        height: format.height(),
        kind: match format.format() {
            FrameFormat::NV12 => PixelFormat::Nv12,
            FrameFormat::YUYV => PixelFormat::Yuyv,
            FrameFormat::MJPEG => PixelFormat::Mjpeg,
            FrameFormat::GRAY => PixelFormat::Gray,
            FrameFormat::RAWRGB => PixelFormat::Rgb,
            FrameFormat::RAWBGR => PixelFormat::Bgr,
        },
    }
}

fn format_of(offer: Offer) -> CameraFormat {
    let kind = match offer.layout.kind {
        PixelFormat::Nv12 => FrameFormat::NV12,
        PixelFormat::Yuyv => FrameFormat::YUYV,
        PixelFormat::Mjpeg => FrameFormat::MJPEG,
        PixelFormat::Gray => FrameFormat::GRAY,
        PixelFormat::Rgb => FrameFormat::RAWRGB,
        PixelFormat::Bgr => FrameFormat::RAWBGR,
    };
    let size = Resolution::new(offer.layout.width, offer.layout.height);
    CameraFormat::new(size, kind, offer.rate)
}

impl Device for OpenCamera {
    fn name(&self) -> &str {
        &self.name
    }

    fn layout(&self) -> Layout {
        self.layout
    }

    fn frame(&mut self) -> Result<Cow<'_, [u8]>, CameraError> {
        let name = &self.name;
        self.camera
            .frame_raw()
            .map_err(|error| diagnose(name, &error.to_string()))
    }

    fn close(&mut self) {
        // Dropping the camera unwraps this call; after it, nothing is left to fail.
        let _ = self.camera.stop_stream();
    }
}
