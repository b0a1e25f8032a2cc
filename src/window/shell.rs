//! Ties screen, journey, worker and camera together, on the screen's thread.

use super::eye::{self, Eye};
use super::face::{self, Face};
use super::journey::{Action, Command, Event, Journey, Start};
use super::keys::{self, Asked, Situation};
use super::settings::Settings;
use super::worker::{self, Job, Place};
use super::{Options, WindowError, paint, sound, ui};
use crate::camera::{Choice, Watcher};
use crate::i18n::Messages;
use crate::platform::clock;
use chrono::{Local, Offset};
use slint::{ComponentHandle, Timer, TimerMode, Weak};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How often the journey learns that time passed.
const TICK: Duration = Duration::from_millis(100);

/// Shows the window until it is closed.
///
/// # Errors
/// [`WindowError`] where there is no screen.
pub fn run(options: Options) -> Result<(), WindowError> {
    let window = ui::MainWindow::new()?;
    if let Some([width, height]) = options.size {
        window
            .window()
            .set_size(slint::PhysicalSize::new(width, height));
    } else {
        window.window().set_maximized(true);
    }
    face::dress(&window);
    let shell = Shell::start(&window, options);
    shell.borrow_mut().refresh();
    window.run()?;
    // Closes the camera before the process ends, however long the rest lives.
    shell.borrow_mut().watcher = None;
    Ok(())
}

/// What the screen's thread holds.
struct Shell {
    window: Weak<ui::MainWindow>,
    journey: Journey,
    messages: Messages,
    face: Face,
    begun: Instant,
    jobs: Sender<Job>,
    events: Receiver<Event>,
    /// For events that other threads make later.
    post: Post,
    watcher: Option<Watcher>,
    reading: bool,
    settings: Settings,
    settings_file: PathBuf,
    preview: [u32; 2],
    timer: Timer,
}

/// A way to the screen's thread.
#[derive(Clone)]
struct Post {
    events: Sender<Event>,
    window: Weak<ui::MainWindow>,
}

impl Post {
    fn send(&self, event: Event) {
        // Fails after the window is closed: then nobody wants to know.
        let _ = self.events.send(event);
        let _ = self
            .window
            .upgrade_in_event_loop(|window| window.invoke_wake());
    }
}

impl Shell {
    fn start(window: &ui::MainWindow, options: Options) -> Rc<RefCell<Self>> {
        let settings_file = options.memory.with_file_name("window.json");
        let settings = Settings::read(&settings_file);
        let (events, inbox) = mpsc::channel();
        let post = Post {
            events,
            window: window.as_weak(),
        };
        let practice = options.practice.is_some();
        let place = Place {
            practice: options.practice,
            memory: options.memory,
        };
        let jobs = worker::start(place, {
            let post = post.clone();
            move |event| post.send(event)
        });
        let (journey, commands) = Journey::begin(Start {
            lang: options.lang,
            page: options.page,
            mirrored: settings.mirrored,
            camera: options.eye != Eye::Shut,
            practice,
            zone: clock::now().with_timezone(&Local).offset().fix(),
        });
        let messages = Messages::new(options.lang);
        face::speak(window, &messages);
        let shell = Rc::new(RefCell::new(Self {
            window: window.as_weak(),
            journey,
            messages,
            face: Face::default(),
            begun: Instant::now(),
            jobs,
            events: inbox,
            post: post.clone(),
            watcher: None,
            reading: false,
            settings,
            settings_file,
            preview: [0; 2],
            timer: Timer::default(),
        }));
        shell.borrow_mut().obey(commands);
        connect(window, &shell);
        shell.borrow().timer.start(TimerMode::Repeated, TICK, {
            let shell = Rc::downgrade(&shell);
            move || {
                if let Some(shell) = shell.upgrade() {
                    shell.borrow_mut().handle(Event::Tick);
                }
            }
        });
        // The symbol first: the camera opens when the window stands.
        let eye = options.eye;
        Timer::single_shot(Duration::from_millis(1), {
            let shell = Rc::clone(&shell);
            move || shell.borrow_mut().watch(eye)
        });
        shell
    }

    fn watch(&mut self, eye: Eye) {
        let (tell, window) = (self.post.clone(), self.window.clone());
        self.watcher = eye.watch(
            self.settings.camera.clone(),
            move |event| tell.send(event),
            move || {
                let _ = window.upgrade_in_event_loop(|window| window.invoke_preview_ready());
            },
        );
        self.reading = false;
        self.preview = [0; 2];
        self.follow();
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    fn handle(&mut self, event: Event) {
        let lang = self.journey.lang();
        let commands = self.journey.handle(event, self.now());
        if self.journey.lang() != lang {
            self.messages = Messages::new(self.journey.lang());
            if let Some(window) = self.window.upgrade() {
                face::speak(&window, &self.messages);
            }
        }
        self.obey(commands);
        self.follow();
        self.refresh();
    }

    /// The camera looks for texts only while they are of any use.
    fn follow(&mut self) {
        let wanted = self.journey.wants_texts();
        if let Some(watcher) = &self.watcher
            && wanted != self.reading
        {
            watcher.read(wanted);
            self.reading = wanted;
        }
    }

    fn refresh(&mut self) {
        if let Some(window) = self.window.upgrade() {
            let view = self.journey.view(&self.messages);
            self.face.show(&window, view);
        }
    }

    fn obey(&mut self, commands: Vec<Command>) {
        for command in commands {
            match command {
                Command::Read => self.job(Job::Read),
                Command::Deposit {
                    product,
                    expected,
                    digits,
                } => self.job(Job::Deposit {
                    product,
                    expected,
                    digits,
                }),
                Command::Remember(known) => self.job(Job::Remember(known)),
                Command::Sound(kind) => sound::play(kind),
                Command::Copy(text) => {
                    if let Some(window) = self.window.upgrade() {
                        window.invoke_copy(text.into());
                    }
                }
                Command::ListCameras => self.list_cameras(),
                Command::UseCamera(name) => {
                    self.settings.camera = Some(name.clone());
                    self.settings.write(&self.settings_file);
                    match &self.watcher {
                        Some(watcher) => watcher.choose(Choice::Named(name)),
                        None => self.watch(Eye::Named(name)),
                    }
                }
                Command::Mirrored(mirrored) => {
                    self.settings.mirrored = mirrored;
                    self.settings.write(&self.settings_file);
                }
            }
        }
    }

    fn job(&self, job: Job) {
        // The thread lives as long as this sender does.
        let _ = self.jobs.send(job);
    }

    /// Asking for cameras may wait for a driver: on a thread of its own.
    fn list_cameras(&self) {
        let post = self.post.clone();
        let _ = thread::Builder::new()
            .name("list of cameras".to_owned())
            .spawn(move || post.send(Event::Cameras(eye::names())));
    }

    fn show_preview(&mut self) {
        let (Some(watcher), Some(window)) = (&self.watcher, self.window.upgrade()) else {
            return;
        };
        let view = window.global::<ui::View>();
        let place =
            [view.get_preview_width(), view.get_preview_height()].map(|it| it.max(1) as u32);
        if place != self.preview {
            self.preview = place;
            watcher.preview_side(Some(paint::preview_side(place[0], place[1])));
        }
        if let Some(preview) = watcher.preview() {
            let mirrored = self.journey.is_mirrored();
            view.set_preview(paint::frame(&preview.luma, place[0], place[1], mirrored));
        }
    }

    /// What a key asks for, told from what has the focus.
    fn asked(&self, text: &str, control: bool, alt: bool) -> Option<Asked> {
        let window = self.window.upgrade()?;
        let view = window.global::<ui::View>();
        let panel = view.get_panel();
        keys::meaning(
            text,
            Situation {
                in_field: panel == ui::Panel::Scan && view.get_in_field(),
                bursting: self.journey.is_bursting(self.now()),
                refused: panel == ui::Panel::Refused,
                control,
                alt,
            },
        )
    }
}

/// Ties the layout's callbacks to the shell.
fn connect(window: &ui::MainWindow, shell: &Rc<RefCell<Shell>>) {
    let view = window.global::<ui::View>();
    symbols(window);
    window.on_wake({
        let shell = Rc::downgrade(shell);
        move || {
            let Some(shell) = shell.upgrade() else { return };
            loop {
                let event = shell.borrow().events.try_recv();
                let Ok(event) = event else { break };
                shell.borrow_mut().handle(event);
            }
        }
    });
    window.on_preview_ready({
        let shell = Rc::downgrade(shell);
        move || {
            if let Some(shell) = shell.upgrade() {
                shell.borrow_mut().show_preview();
            }
        }
    });
    let handler = |shell: &Rc<RefCell<Shell>>| {
        let shell = Rc::downgrade(shell);
        move |event: Event| {
            if let Some(shell) = shell.upgrade() {
                shell.borrow_mut().handle(event);
            }
        }
    };
    view.on_act({
        let (handle, window) = (handler(shell), window.as_weak());
        move |act| match action(act) {
            Some(event) => handle(event),
            None => {
                if let Some(window) = window.upgrade() {
                    window.invoke_paste();
                }
            }
        }
    });
    view.on_pick({
        let handle = handler(shell);
        move |index| handle(Event::Act(Action::Pick(index.max(0) as usize)))
    });
    view.on_box({
        let handle = handler(shell);
        move |place| handle(Event::Act(Action::Box(place.max(0) as usize)))
    });
    view.on_pasted({
        let handle = handler(shell);
        move |text| handle(Event::Pasted(text.into()))
    });
    view.on_key({
        let (shell, window) = (Rc::downgrade(shell), window.as_weak());
        move |text, control, alt| {
            let (Some(shell), Some(window)) = (shell.upgrade(), window.upgrade()) else {
                return false;
            };
            let asked = shell.borrow().asked(&text, control, alt);
            match asked {
                None => return false,
                Some(Asked::Paste) => window.invoke_paste(),
                Some(Asked::Event(act)) => {
                    if matches!(act, keys::Act::Key(_)) {
                        let view = window.global::<ui::View>();
                        if !view.get_in_field() {
                            view.set_field_wanted(view.get_field_wanted().wrapping_add(1));
                        }
                    }
                    shell.borrow_mut().handle(act.into());
                }
            }
            true
        }
    });
}

/// What the layout asks to be painted.
pub(super) fn symbols(window: &ui::MainWindow) {
    let view = window.global::<ui::View>();
    view.on_symbol(|text, most| paint::symbol(&text, most.max(0) as u32));
    view.on_tick_mark(|side| paint::tick(side.max(1) as u32));
}

/// What a button means; `None` for what only the screen can do: paste.
fn action(act: ui::Act) -> Option<Event> {
    Some(Event::Act(match act {
        ui::Act::Submit => return Some(Event::Enter),
        ui::Act::Paste => return None,
        ui::Act::Language => Action::Language,
        ui::Act::About => Action::About,
        ui::Act::Products => Action::Products,
        ui::Act::Cameras => Action::Cameras,
        ui::Act::Clear => Action::Clear,
        ui::Act::Mirror => Action::Mirror,
        ui::Act::Again => Action::Again,
        ui::Act::Next => Action::Next,
        ui::Act::Back => Action::Back,
        ui::Act::Copy => Action::Copy,
    }))
}
