//! `hikyaku cameras`: the cameras of this PC.

use super::console::Console;
use super::exit::Exit;
use super::failure::Failure;
use crate::camera::{self, CameraError, CameraKind};
use comfy_table::presets::ASCII_BORDERS_ONLY_CONDENSED;
use comfy_table::{ContentArrangement, Table};

/// Lists the cameras; it is an error if there is none.
pub(super) fn run(console: &Console) -> Result<Exit, Failure> {
    let cameras = camera::cameras()?;
    if cameras.is_empty() {
        return Err(CameraError::NoCamera.into());
    }
    let mut table = Table::new();
    table
        .load_style(ASCII_BORDERS_ONLY_CONDENSED)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(["cameras-name", "cameras-kind", "cameras-place"].map(|id| console.text(id)));
    for camera in &cameras {
        let kind = console.text(match camera.kind {
            CameraKind::Ordinary => "camera-kind-ordinary",
            CameraKind::Virtual => "camera-kind-virtual",
            CameraKind::Infrared => "camera-kind-infrared",
        });
        table.add_row([&camera.name, &kind, &camera.place]);
        console.json(camera);
    }
    console.block(&table.to_string());
    console.line(&console.text("cameras-next"));
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Lang, Messages};

    #[test]
    fn a_camera_without_a_name_has_no_empty_quotes() {
        let errors = |name: &str| {
            let (name, reason) = (name.to_owned(), "broken".to_owned());
            [
                CameraError::Blocked {
                    name: name.clone(),
                    reason: reason.clone(),
                },
                CameraError::Busy { name: name.clone() },
                CameraError::Unplugged { name: name.clone() },
                CameraError::Stalled { name: name.clone() },
                CameraError::NoUsableFormat { name: name.clone() },
                CameraError::Failed { name, reason },
            ]
        };
        for (lang, quoted, empty) in [
            (Lang::En, "\"Lens\"", "\"\""),
            (Lang::Ja, "「Lens」", "「」"),
        ] {
            let messages = Messages::new(lang);
            for error in errors("Lens") {
                let told = messages.explain(&error).what;
                assert!(told.contains(quoted), "{told}");
            }
            for error in errors("") {
                let told = messages.explain(&error).what;
                assert!(!told.contains(empty) && !told.contains('{'), "{told}");
            }
        }
    }
}
