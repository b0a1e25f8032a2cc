//! How a screen looks to a camera.
