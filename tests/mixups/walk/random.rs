//! Random numbers that depend only on the seed, on every machine.

/// The `SplitMix64` generator.
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    pub(super) fn of(seed: u64, walk: u64) -> Self {
        let mut random = Self(seed ^ walk.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.roll();
        random
    }

    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit as u64).unwrap()
    }

    /// True with a probability of one in `many`.
    pub(super) fn once_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub(super) fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}
