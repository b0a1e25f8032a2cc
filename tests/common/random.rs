//! Random numbers, the same on every machine.

/// Xorshift with 64 bits of state.
pub(crate) struct Random(u64);

impl Random {
    /// The generator of a seed, which must not be zero.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The generator of one item of a set, so that any one can be made again.
    pub(crate) fn of_item(set: u64, index: usize) -> Self {
        let mut random = Self((set ^ (index as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1);
        // Seeds that differ in few bits begin alike.
        for _ in 0..8 {
            random.next();
        }
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Between 0 and 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + (self.unit() * 10.0) as u8))
            .collect()
    }
}
