//! A description of the machine, without which times mean nothing.

use std::fs;
use std::thread;

/// Processor, cores, compiler, in a line.
pub(crate) fn description() -> String {
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{} ({}), {cores} cores, {}, {}; times are those of the processor.",
        field(&cpuinfo, "model name").unwrap_or("an unknown processor"),
        std::env::consts::ARCH,
        std::env::consts::OS,
        env!("BENCH_RUSTC"),
    )
}

fn field<'a>(cpuinfo: &'a str, name: &str) -> Option<&'a str> {
    cpuinfo.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then_some(value.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_is_found_by_name() {
        let text = "processor\t: 0\nmodel name\t: A: B 12\n";
        assert_eq!(field(text, "model name"), Some("A: B 12"));
        assert_eq!(field("", "model name"), None);
    }
}
