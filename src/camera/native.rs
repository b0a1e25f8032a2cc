//! The cameras of this PC: V4L2 and Media Foundation through nokhwa.

use super::capture::{Crew, Device, Driver, Patience};
use super::diagnosis::diagnose;
use super::format::{Offer, ranked};
use super::layout::{Kind, Layout};
use super::listing::{candidates, distinct, kind_of};
use super::{CameraError, CameraInfo, Choice, FrameSource};
use crate::activation::printable;
use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use nokhwa::{Camera, NokhwaError};
use std::borrow::Cow;
use std::sync::LazyLock;

static CREW: LazyLock<Crew<Native>> = LazyLock::new(|| Crew::new(Native, Patience::default()));

pub(super) fn open(choice: &Choice) -> Result<Box<dyn FrameSource>, CameraError> {
    CREW.open(choice)
}

pub(super) fn cameras() -> Result<Vec<CameraInfo>, CameraError> {
    CREW.list()
}

/// All formats that can be read, for the first that is taken only to ask for
/// the others.
const READABLE: [FrameFormat; 6] = [
    FrameFormat::NV12,
    FrameFormat::YUYV,
    FrameFormat::MJPEG,
    FrameFormat::GRAY,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];

/// What to ask for where a camera lists sizes and rates in steps, which nokhwa
/// does not follow.
const USUAL: [(u32, u32, FrameFormat); 4] = [
    (1280, 720, FrameFormat::YUYV),
    (640, 480, FrameFormat::YUYV),
    (1280, 720, FrameFormat::MJPEG),
    (640, 480, FrameFormat::NV12),
];

/// So many of a camera's formats are tried.
const TRIES: usize = 5;

struct Native;

/// A camera as the system lists it.
type Listed = (CameraIndex, CameraInfo);

impl Driver for Native {
    #[cfg(windows)]
    fn prepare(&self) {
        super::apartment::keep();
    }

    fn list(&self) -> Result<Vec<CameraInfo>, CameraError> {
        Ok(listed()?.into_iter().map(|(_, info)| info).collect())
    }

    fn open(&self, choice: &Choice) -> Result<Box<dyn Device>, CameraError> {
        let listed = listed()?;
        let infos: Vec<&CameraInfo> = listed.iter().map(|(_, info)| info).collect();
        let mut first_error = None;
        for candidate in candidates(choice, &infos)? {
            let (index, info) = &listed[candidate];
            match Opened::open(index, &info.name) {
                Ok(device) => return Ok(Box::new(device)),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or(CameraError::NoCamera))
    }
}

/// The cameras, without the nodes that only belong to one.
fn listed() -> Result<Vec<Listed>, CameraError> {
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

/// Which of its camera's nodes it is, 0 the main one: Linux has one for frames
/// and one for data about them, of the same name.
fn part(index: &CameraIndex) -> u32 {
    let file = format!("/sys/class/video4linux/video{index}/index");
    std::fs::read_to_string(file)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
}

/// An open camera.
struct Opened {
    camera: Camera,
    name: String,
    layout: Layout,
}

impl Opened {
    fn open(index: &CameraIndex, name: &str) -> Result<Self, CameraError> {
        let failed = |error: NokhwaError| diagnose(name, &error.to_string());
        let (mut camera, offers) = ask(index).map_err(failed)?;
        let mut last_error = None;
        for offer in ranked(&offers).into_iter().take(TRIES) {
            let format = format_of(offer);
            let request =
                RequestedFormat::with_formats(RequestedFormatType::Exact(format), &READABLE);
            match camera
                .set_camera_requset(request)
                .and_then(|_| camera.open_stream())
            {
                Ok(()) => {
                    let layout = layout_of(camera.camera_format());
                    return Ok(Self {
                        camera,
                        name: name.to_owned(),
                        layout,
                    });
                }
                Err(error) => last_error = Some(failed(error)),
            }
        }
        drop(camera);
        Err(match last_error {
            // It refused what it had offered itself.
            None | Some(CameraError::Failed { .. }) => CameraError::NoUsableFormat {
                name: name.to_owned(),
            },
            Some(error) => error,
        })
    }
}

/// Opens a camera in any format, and what it offers.
fn ask(index: &CameraIndex) -> Result<(Camera, Vec<Offer>), NokhwaError> {
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &READABLE);
    let first_error = match Camera::new(index.clone(), any) {
        Ok(mut camera) => {
            let mut offers: Vec<Offer> = camera
                .compatible_camera_formats()?
                .into_iter()
                .map(offer_of)
                .collect();
            offers.push(offer_of(camera.camera_format()));
            return Ok((camera, offers));
        }
        Err(error) => error,
    };
    for (width, height, kind) in USUAL {
        let format = CameraFormat::new(Resolution::new(width, height), kind, 30);
        let exact = RequestedFormat::with_formats(RequestedFormatType::Exact(format), &READABLE);
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
            FrameFormat::NV12 => Kind::Nv12,
            FrameFormat::YUYV => Kind::Yuyv,
            FrameFormat::MJPEG => Kind::Mjpeg,
            FrameFormat::GRAY => Kind::Gray,
            FrameFormat::RAWRGB => Kind::Rgb,
            FrameFormat::RAWBGR => Kind::Bgr,
        },
    }
}

fn format_of(offer: Offer) -> CameraFormat {
    let kind = match offer.layout.kind {
        Kind::Nv12 => FrameFormat::NV12,
        Kind::Yuyv => FrameFormat::YUYV,
        Kind::Mjpeg => FrameFormat::MJPEG,
        Kind::Gray => FrameFormat::GRAY,
        Kind::Rgb => FrameFormat::RAWRGB,
        Kind::Bgr => FrameFormat::RAWBGR,
    };
    let size = Resolution::new(offer.layout.width, offer.layout.height);
    CameraFormat::new(size, kind, offer.rate)
}

impl Device for Opened {
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
        // Dropping unwraps this; done before, there is nothing left to fail.
        let _ = self.camera.stop_stream();
    }
}
