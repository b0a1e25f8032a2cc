//! The command line `hikyaku`.

fn main() {}
