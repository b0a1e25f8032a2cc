//! What a person called a photograph.

use crate::activation::Label;
use std::path::Path;

/// The words of which cameras, phones and computers make the names of pictures, beside digits.
const WORDS: [&str; 33] = [
    "am",
    "at",
    "burst",
    "camera",
    "cimg",
    "copy",
    "dsc",
    "dscf",
    "dscn",
    "e",
    "edited",
    "heic",
    "image",
    "images",
    "img",
    "jpeg",
    "jpg",
    "mp",
    "mvimg",
    "of",
    "p",
    "photo",
    "pic",
    "picture",
    "pm",
    "pxl",
    "screen",
    "screenshot",
    "shot",
    "win",
    "スクリーンショット",
    "写真",
    "画像",
];

/// The PC's name, where a person gave it to the photograph; none where the camera did.
pub(super) fn pc_name(photograph: &Path) -> Option<Label> {
    let stem = photograph.file_stem()?.to_str()?;
    let words = stem.split(|character: char| !character.is_alphabetic());
    let said = words
        .filter(|word| !word.is_empty())
        .any(|word| !WORDS.contains(&word.to_lowercase().as_str()));
    said.then(|| Label::cleaned(stem)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(file: &str) -> Option<String> {
        pc_name(Path::new(file)).map(|name| name.to_string())
    }

    #[test]
    fn what_a_camera_calls_a_picture_names_no_pc() {
        for file in [
            "IMG_1234.JPG",
            "IMG_20261201_101112.jpg",
            "20261201_101112.jpg",
            "DSC00042.JPG",
            "PXL_20261201_010203456.MP.jpg",
            "P1010042.JPG",
            "Screenshot 2026-12-01 at 10.11.12.png",
            "スクリーンショット 2026-12-01 10.11.12.png",
            "写真 (2).jpg",
            "photo-1.png",
            "42.png",
        ] {
            assert_eq!(name(file), None, "{file}");
        }
    }

    #[test]
    fn what_a_person_calls_it_does() {
        for (file, pc) in [
            ("photos/病棟3-PC12.jpg", "病棟3-PC12"),
            ("WARD3-PC12.png", "WARD3-PC12"),
            ("Bed A.jpeg", "Bed A"),
            ("検査室 2.jpg", "検査室 2"),
        ] {
            assert_eq!(name(file).as_deref(), Some(pc), "{file}");
        }
    }
}
