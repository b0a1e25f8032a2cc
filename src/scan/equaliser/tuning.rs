//! The numbers of the equaliser that matter most, in one place so that
//! `benches/sweep.rs` can try others without building anew.

use super::soft_decoding::SoftDecoder;

/// What a sweep may vary. The default is what the product uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// Correlation (0 to 1) with a blurred finder pattern from which a dark spot is
    /// a candidate. Lower: noise fills the list of candidates, and combining them
    /// takes the time of the frame. Higher: finder patterns under glare or blur are lost.
    /// It was 0.4, then 0.53 against noise (commit e062693), and 0.4 again when a glance
    /// at the best candidate kept noise out (cde45b5); the measurements were not kept.
    pub least_finder_fit: f32,
    /// Correlation (0 to 1) of the function patterns from which a hypothesis is
    /// refined at once, before the remaining triples are asked. Lower: time goes
    /// into chance hypotheses. Higher: an easy symbol waits for all triples; what is
    /// read stays the same where time is ample. Chosen by eye, not measured.
    pub clear_fit: f64,
    /// Hypotheses that are refined when all triples were asked, and again when all
    /// pairs were. Fewer: the right one may be missed in a busy picture. More:
    /// pictures without a symbol take longer. It was 8 until clear hypotheses no longer
    /// waited (commit 13f0f76); the measurements were not kept.
    pub refined: usize,
    /// Confidence (see `Unread::confidence`; 2 is a symbol without noise) from which
    /// a place is straightened and decoded softly, which takes milliseconds. All
    /// places of symbols reached this when it was measured, and few others did.
    /// Lower: time is wasted on places without a symbol. Higher: noisy symbols are
    /// given up.
    pub thorough_confidence: f64,
    /// Ridge (Tikhonov) penalty on the weights of the filter for a single view, in
    /// units of a squared sample, where a module is ±1. Lower: the filter
    /// fits the noise of the known modules. Higher: it undoes less of the blur.
    /// How it was found was not recorded.
    pub ridge: f32,
    /// How Reed-Solomon blocks are decoded softly.
    pub soft_decoder: SoftDecoder,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            least_finder_fit: 0.4,
            clear_fit: 0.82,
            refined: 6,
            thorough_confidence: 1.25,
            ridge: 2.0,
            soft_decoder: SoftDecoder::default(),
        }
    }
}
