use super::*;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Lets every call fail once: after an error there is only the old file.
fn every_call_fails_once(write: &dyn Fn(&Path, &[u8]) -> io::Result<()>) -> Vec<FaultPoint> {
    let mut refused_calls = Vec::new();
    for is_there in [false, true] {
        for calls in 0.. {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("trip.json");
            if is_there {
                fs::write(&path, "old").unwrap();
            }
            let (written, refused) = fault::after(calls, || write(&path, b"the new one"));
            let now = fs::read_to_string(&path).ok();
            let old = is_there.then(|| "old".to_owned());
            match (&written, refused) {
                // The file is already renamed; it just may not survive a loss of
                // power.
                (Err(_), Some(FaultPoint::SyncFolder)) => {
                    assert_eq!(now.as_deref(), Some("the new one"));
                }
                (Err(_), _) => assert_eq!(now, old, "{refused:?}"),
                (Ok(()), _) => assert_eq!(now.as_deref(), Some("the new one"), "{refused:?}"),
            }
            let known = if now.is_some() {
                vec!["trip.json"]
            } else {
                Vec::new()
            };
            assert_eq!(names(folder.path()), known, "{refused:?}");
            match refused {
                Some(call) => refused_calls.push(call),
                None => break,
            }
        }
    }
    refused_calls
}

#[test]
fn whatever_fails_the_file_is_the_old_one_or_the_new_one() {
    let refused = every_call_fails_once(&write);
    for call in [
        FaultPoint::Create,
        FaultPoint::Write,
        FaultPoint::Sync,
        FaultPoint::Rename,
        FaultPoint::SyncFolder,
    ] {
        // A rename occurs when a file is replaced, and always on other systems.
        assert!(refused.contains(&call), "{call:?} of {refused:?}");
    }
}

#[test]
fn so_it_is_where_every_file_has_a_name() {
    let named = |path: &Path, contents: &[u8]| write_named(path.parent().unwrap(), path, contents);
    assert_eq!(every_call_fails_once(&named).len(), 2 * 4);
}

#[test]
fn what_a_killed_program_left_goes_and_what_another_one_writes_stays() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(".hikyaku-abc.unfinished");
    fs::write(&left, "half a trip").unwrap();
    let others = unfinished(folder.path()).unwrap();
    let called = others.path().file_name().unwrap().to_str().unwrap();
    assert!(called.starts_with(".hikyaku-") && called.ends_with(".unfinished"));
    let unrelated = folder.path().join(".tmpabc");
    fs::write(&unrelated, "not ours").unwrap();
    write(&folder.path().join("trip.json"), b"new").unwrap();
    assert!(!left.exists() && others.path().exists() && unrelated.exists());
    others.persist(folder.path().join("other.json")).unwrap();
}

#[cfg(unix)]
#[test]
fn it_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.json");
    for round in 0..2 {
        write(&path, b"new").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{round}");
    }
}

/// Uses its own pipe, because a bug would destroy a system device.
#[cfg(target_os = "linux")]
#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::os::unix::fs::FileTypeExt;
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let is_pipe = || fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo();
    // Open both ends, so that nothing blocks.
    let mut both = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&pipe)
        .unwrap();
    write(&pipe, b"gone").unwrap();
    assert!(is_pipe());
    let mut arrived = [0; 4];
    both.read_exact(&mut arrived).unwrap();
    assert_eq!(&arrived, b"gone");
    assert_eq!(names(folder.path()), ["pipe"]);
    // A folder cannot be written to.
    assert!(write(folder.path(), b"new").is_err());
}

#[test]
fn a_lock_lets_one_in_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("count");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let _lock = lock(&path).unwrap();
                    let count: u32 = read(&path, 10).map_or(0, |text| text.parse().unwrap());
                    write(&path, (count + 1).to_string().as_bytes()).unwrap();
                }
            });
        }
    });
    assert_eq!(read(&path, 10).unwrap(), "40");
}

#[test]
fn whoever_comes_second_waits_but_not_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    let held = lock(&path).unwrap();
    let error = lock_within(Duration::from_millis(20), &path).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| lock_within(Duration::from_mins(1), &path).map(drop));
        std::thread::sleep(Duration::from_millis(50));
        drop(held);
        second.join().unwrap().unwrap();
    });
}

#[test]
fn damaged_files_are_set_aside_and_not_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    for round in 0..2 * MAX_ASIDE {
        fs::write(&path, round.to_string()).unwrap();
        set_aside(&path).unwrap();
        assert!(!path.exists());
    }
    assert_eq!(names(folder.path()).len(), MAX_ASIDE);
    let first = folder.path().join("memory.json.damaged-1");
    assert_eq!(fs::read_to_string(first).unwrap(), "0");
}

#[cfg(target_os = "linux")]
#[test]
fn it_has_no_name_before_it_is_whole_where_the_system_can_do_that() {
    use rustix::fs::{Mode, OFlags};
    let folder = tempfile::tempdir().unwrap();
    let flags = OFlags::TMPFILE | OFlags::WRONLY;
    let can = rustix::fs::open(folder.path(), flags, Mode::RUSR).is_ok();
    let path = folder.path().join("trip.json");
    // As a new file, and replacing another.
    for contents in ["one", "two"] {
        let written = nameless::write(folder.path(), &path, contents.as_bytes());
        assert_eq!(written.unwrap(), can && Path::new("/proc/self/fd").exists());
        if can {
            assert_eq!(fs::read_to_string(&path).unwrap(), contents);
        }
    }
}

#[test]
fn as_much_as_is_allowed_is_read_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.json");
    fs::write(&path, "12345").unwrap();
    assert_eq!(read(&path, 5).unwrap(), "12345");
    for limit in [0, 3, 4] {
        let error = read(&path, limit).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge, "{limit}");
    }
}
