//! The licence store of Windows.
