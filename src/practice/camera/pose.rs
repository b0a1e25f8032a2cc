//! Geometry: perspective, rotation and lens distortion.

use super::{Aim, CameraModelError};

/// How the camera is held in front of the screen.
pub(super) struct Hold {
    /// Angle between the optical axis and the normal of the screen, radians.
    pub(super) tilt: f32,
    /// Direction of the tilt in the plane of the screen, radians.
    pub(super) towards: f32,
    /// Rotation in the plane, radians.
    pub(super) rotation: f32,
    /// Distance in units of the region's length; small means strong perspective.
    pub(super) distance: f32,
    /// Position of the region in the frame, 0 to 1 per axis.
    pub(super) place: [f32; 2],
    /// Displacement from there by the hand, in photosites, which never moves the
    /// region out of the frame.
    pub(super) shift: [f32; 2],
    /// Radial distortion at the corner of the frame.
    pub(super) distortion: f32,
    /// Shear and stretch by the rolling shutter, photosites per row.
    pub(super) rolling: [f32; 2],
}

/// Maps between photosites and points of the screen.
pub(super) struct Pose {
    /// Maps undistorted frame coordinates to screen pixels.
    to_screen: [[f64; 3]; 3],
    from_screen: [[f64; 3]; 3],
    centre: [f64; 2],
    /// Squared distance from the centre to the corner of the frame.
    corner: f64,
    distortion: f64,
    rolling: [f64; 2],
}

impl Pose {
    pub(super) fn new(
        hold: &Hold,
        aim: &Aim,
        width: u32,
        height: u32,
    ) -> Result<Self, CameraModelError> {
        let [left, top, right, bottom] = aim.region.map(f64::from);
        let side = (right - left).max(bottom - top);
        let sound = side.is_finite() && right > left && bottom > top && aim.fills > 0.0;
        if !sound {
            return Err(CameraModelError::OutOfBounds {
                what: "the aim has no area",
            });
        }
        let (width, height) = (f64::from(width), f64::from(height));
        let (tilt, towards) = (f64::from(hold.tilt), f64::from(hold.towards));
        let distance = f64::from(hold.distance);
        // Rotation about an axis in the plane of the screen (Rodrigues), after
        // a rotation in that plane; only the first two columns are needed,
        // since the screen is flat.
        let axis = [towards.cos(), towards.sin()];
        let (sin, cos) = tilt.sin_cos();
        let tilted = |x: f64, y: f64| {
            let along = axis[0] * x + axis[1] * y;
            let across = -axis[1] * x + axis[0] * y;
            [
                axis[0] * along - axis[1] * across * cos,
                axis[1] * along + axis[0] * across * cos,
                across * sin,
            ]
        };
        let (turn_sin, turn_cos) = f64::from(hold.rotation).sin_cos();
        let first = tilted(turn_cos, turn_sin);
        let second = tilted(-turn_sin, turn_cos);
        let mut fills = f64::from(aim.fills).min(0.95);
        // Reduce the size until the whole region is in the frame.
        for _ in 0..40 {
            let focal = fills * width.min(height) * distance / side;
            let project = |x: f64, y: f64| {
                let depth = distance * side + first[2] * x + second[2] * y;
                [0, 1].map(|i| focal * side * (first[i] * x + second[i] * y) / depth)
            };
            let (half_x, half_y) = ((right - left) / 2.0, (bottom - top) / 2.0);
            let corners = [
                project(-half_x, -half_y),
                project(half_x, -half_y),
                project(half_x, half_y),
                project(-half_x, half_y),
            ];
            let bounds = |i: usize| {
                let low = corners
                    .iter()
                    .map(|corner| corner[i])
                    .fold(f64::MAX, f64::min);
                let high = corners
                    .iter()
                    .map(|corner| corner[i])
                    .fold(f64::MIN, f64::max);
                (low, high)
            };
            let ((x_low, x_high), (y_low, y_high)) = (bounds(0), bounds(1));
            let margin = 0.02 * width.min(height);
            let room_x = width - 2.0 * margin - (x_high - x_low);
            let room_y = height - 2.0 * margin - (y_high - y_low);
            if room_x < 0.0 || room_y < 0.0 {
                fills *= 0.95;
                continue;
            }
            let shift = [(x_low, room_x), (y_low, room_y)];
            let shift = [0, 1].map(|i| {
                let (low, room) = shift[i];
                let place = room * f64::from(hold.place[i]) + f64::from(hold.shift[i]);
                margin - low + place.clamp(-margin / 2.0, room + margin / 2.0)
            });
            let (cx, cy) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
            // Screen pixels to frame: shift · perspective · (pixel − centre).
            let scale = focal * side;
            let mut from_screen = [[0.0; 3]; 3];
            let depth = [first[2], second[2], distance * side];
            for i in 0..2 {
                for (j, &part) in [first[i], second[i], 0.0].iter().enumerate() {
                    from_screen[i][j] = scale * part + shift[i] * depth[j];
                }
            }
            from_screen[2] = depth;
            for row in &mut from_screen {
                row[2] -= row[0] * cx + row[1] * cy;
            }
            let to_screen = inverse(&from_screen).ok_or(CameraModelError::OutOfBounds {
                what: "the screen is seen from its edge",
            })?;
            return Ok(Self {
                to_screen,
                from_screen,
                centre: [width / 2.0, height / 2.0],
                corner: (width * width + height * height) / 4.0,
                distortion: f64::from(hold.distortion),
                rolling: hold.rolling.map(f64::from),
            });
        }
        Err(CameraModelError::OutOfBounds {
            what: "the aim does not fit the frame",
        })
    }

    /// The point of the screen, in screen pixels, that a point of the frame sees.
    pub(super) fn screen_at(&self, x: f64, y: f64) -> [f64; 2] {
        let row = y - self.centre[1];
        let (dx, dy) = (
            x - self.centre[0] + self.rolling[0] * row,
            row + self.rolling[1] * row,
        );
        let stretch = 1.0 + self.distortion * (dx * dx + dy * dy) / self.corner;
        apply(
            &self.to_screen,
            self.centre[0] + dx * stretch,
            self.centre[1] + dy * stretch,
        )
    }

    /// The point of the frame that sees a point of the screen: the inverse of
    /// [`Self::screen_at`], far more accurate than a photosite.
    pub(super) fn seen_at(&self, u: f64, v: f64) -> [f64; 2] {
        let [x, y] = self.frame_at(u, v);
        let (far_x, far_y) = (x - self.centre[0], y - self.centre[1]);
        let (mut dx, mut dy) = (far_x, far_y);
        for _ in 0..20 {
            let stretch = 1.0 + self.distortion * (dx * dx + dy * dy) / self.corner;
            (dx, dy) = (far_x / stretch, far_y / stretch);
        }
        let row = dy / (1.0 + self.rolling[1]);
        [
            self.centre[0] + dx - self.rolling[0] * row,
            self.centre[1] + row,
        ]
    }

    /// The point of the frame that sees a point of the screen, without distortion.
    pub(super) fn frame_at(&self, u: f64, v: f64) -> [f64; 2] {
        apply(&self.from_screen, u, v)
    }

    /// Screen pixels per photosite at the centre of the frame.
    pub(super) fn scale_at_centre(&self) -> f32 {
        let [x, y] = self.centre;
        let (here, right) = (self.screen_at(x, y), self.screen_at(x + 1.0, y));
        (right[0] - here[0]).hypot(right[1] - here[1]) as f32
    }
}

fn apply(matrix: &[[f64; 3]; 3], x: f64, y: f64) -> [f64; 2] {
    let [a, b, c] = matrix.map(|row| row[0] * x + row[1] * y + row[2]);
    [a / c, b / c]
}

fn inverse(m: &[[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let cofactor = |r: usize, c: usize| {
        let (r1, r2, c1, c2) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3);
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let determinant: f64 = (0..3).map(|c| m[0][c] * cofactor(0, c)).sum();
    if !determinant.is_normal() {
        return None;
    }
    let mut inverse = [[0.0; 3]; 3];
    for (r, row) in inverse.iter_mut().enumerate() {
        for (c, value) in row.iter_mut().enumerate() {
            *value = cofactor(c, r) / determinant;
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_and_screen_are_each_others_inverse_without_distortion() {
        let hold = Hold {
            tilt: 0.4,
            towards: 1.0,
            rotation: 0.3,
            distance: 2.5,
            place: [0.3, 0.8],
            shift: [0.0; 2],
            distortion: 0.0,
            rolling: [0.0; 2],
        };
        let aim = Aim {
            region: [100.0, 50.0, 400.0, 350.0],
            fills: 0.5,
        };
        let pose = Pose::new(&hold, &aim, 640, 480).unwrap();
        for (u, v) in [
            (100.0, 50.0),
            (250.0, 200.0),
            (400.0, 350.0),
            (-30.0, 700.0),
        ] {
            let [x, y] = pose.frame_at(u, v);
            let [back_u, back_v] = pose.screen_at(x, y);
            assert!((back_u - u).abs() < 1e-6 && (back_v - v).abs() < 1e-6);
        }
    }

    #[test]
    fn what_a_photosite_looks_at_is_seen_there() {
        let hold = Hold {
            tilt: 0.5,
            towards: 2.0,
            rotation: 1.1,
            distance: 2.2,
            place: [0.9, 0.1],
            shift: [3.0, -2.0],
            distortion: -0.06,
            rolling: [0.03, -0.02],
        };
        let aim = Aim {
            region: [0.0, 0.0, 300.0, 300.0],
            fills: 0.6,
        };
        let pose = Pose::new(&hold, &aim, 640, 480).unwrap();
        for (x, y) in [(0.0, 0.0), (320.0, 240.0), (500.0, 80.0), (640.0, 480.0)] {
            let [u, v] = pose.screen_at(x, y);
            let [back_x, back_y] = pose.seen_at(u, v);
            assert!((back_x - x).hypot(back_y - y) < 0.01, "{x} {y}");
        }
    }

    #[test]
    fn the_whole_region_is_in_the_frame_however_it_is_held() {
        let aim = Aim {
            region: [0.0, 0.0, 300.0, 200.0],
            fills: 0.95,
        };
        for step in 0..200_u16 {
            let part = f32::from(step) / 200.0;
            let hold = Hold {
                tilt: part * 0.9,
                towards: part * 40.0,
                rotation: part * 7.0,
                distance: 1.5 + part * 3.0,
                place: [part, 1.0 - part],
                shift: [part * 300.0, part * -40.0],
                distortion: 0.0,
                rolling: [0.0; 2],
            };
            let pose = Pose::new(&hold, &aim, 320, 240).unwrap();
            for (u, v) in [(0.0, 0.0), (300.0, 0.0), (300.0, 200.0), (0.0, 200.0)] {
                let [x, y] = pose.frame_at(u, v);
                assert!(
                    (0.0..=320.0).contains(&x) && (0.0..=240.0).contains(&y),
                    "{step}"
                );
            }
        }
    }
}
