//! Connects screen, journey, worker and camera, on the user interface's thread.

use super::binding::{self, ViewBinding};
use super::camera_source::{self, CameraSource};
use super::journey::{Action, Journey, JourneyCommand, JourneyEvent, Start};
use super::keys::{self, KeyCommand, KeyContext};
use super::settings::Settings;
use super::worker::{self, StoreJob, StoreWorker};
use super::{WindowError, WindowOptions, paint, sound, ui};
use crate::camera::{CameraChoice, Watcher};
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

/// Interval of [`JourneyEvent::Tick`].
const TICK: Duration = Duration::from_millis(100);

/// Shows the window until it is closed.
///
/// # Errors
/// [`WindowError`] if there is no screen.
pub fn run(options: WindowOptions) -> Result<(), WindowError> {
    let window = ui::MainWindow::new()?;
    if let Some([width, height]) = options.size {
        window
            .window()
            .set_size(slint::PhysicalSize::new(width, height));
    } else {
        window.window().set_maximized(true);
    }
    binding::set_fonts(&window);
    let shell = Shell::start(&window, options);
    shell.borrow_mut().refresh();
    window.run()?;
    // Close the camera before the process ends, whatever keeps the shell alive.
    shell.borrow_mut().watcher = None;
    Ok(())
}

/// The state of the window, on the user interface's thread.
struct Shell {
    window: Weak<ui::MainWindow>,
    journey: Journey,
    messages: Messages,
    binding: ViewBinding,
    begun: Instant,
    jobs: Sender<StoreJob>,
    events: Receiver<JourneyEvent>,
    /// For events from other threads.
    sender: EventSender,
    watcher: Option<Watcher>,
    reading: bool,
    settings: Settings,
    settings_file: PathBuf,
    preview: [u32; 2],
    timer: Timer,
}

/// Sends events to the user interface's thread.
#[derive(Clone)]
struct EventSender {
    events: Sender<JourneyEvent>,
    window: Weak<ui::MainWindow>,
}

impl EventSender {
    fn send(&self, event: JourneyEvent) {
        // Fails once the window is closed, when the event no longer matters.
        let _ = self.events.send(event);
        let _ = self
            .window
            .upgrade_in_event_loop(|window| window.invoke_wake());
    }
}

impl Shell {
    fn start(window: &ui::MainWindow, options: WindowOptions) -> Rc<RefCell<Self>> {
        let settings_file = options.history.with_file_name("window.json");
        let settings = Settings::read(&settings_file);
        let (events, inbox) = mpsc::channel();
        let sender = EventSender {
            events,
            window: window.as_weak(),
        };
        let practice = options.practice.is_some();
        let store_worker = StoreWorker {
            practice: options.practice,
            history: options.history,
        };
        let jobs = worker::start(store_worker, {
            let sender = sender.clone();
            move |event| sender.send(event)
        });
        let (journey, commands) = Journey::begin(Start {
            lang: options.lang,
            page: options.page,
            mirrored: settings.mirrored,
            camera: options.camera != CameraSource::Off,
            practice,
            zone: clock::now().with_timezone(&Local).offset().fix(),
        });
        let messages = Messages::new(options.lang);
        binding::set_words(window, &messages);
        let shell = Rc::new(RefCell::new(Self {
            window: window.as_weak(),
            journey,
            messages,
            binding: ViewBinding::default(),
            begun: Instant::now(),
            jobs,
            events: inbox,
            sender: sender.clone(),
            watcher: None,
            reading: false,
            settings,
            settings_file,
            preview: [0; 2],
            timer: Timer::default(),
        }));
        shell.borrow_mut().execute(commands);
        connect(window, &shell);
        shell.borrow().timer.start(TimerMode::Repeated, TICK, {
            let shell = Rc::downgrade(&shell);
            move || {
                if let Some(shell) = shell.upgrade() {
                    shell.borrow_mut().handle(JourneyEvent::Tick);
                }
            }
        });
        // Show the symbol first, then open the camera.
        let camera = options.camera;
        Timer::single_shot(Duration::from_millis(1), {
            let shell = Rc::clone(&shell);
            move || shell.borrow_mut().watch(camera)
        });
        shell
    }

    fn watch(&mut self, camera: CameraSource) {
        let (tell, window) = (self.sender.clone(), self.window.clone());
        self.watcher = camera.watch(
            self.settings.camera.clone(),
            move |event| tell.send(event),
            move || {
                let _ = window.upgrade_in_event_loop(|window| window.invoke_preview_ready());
            },
        );
        self.reading = false;
        self.preview = [0; 2];
        self.update_reading();
    }

    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    fn handle(&mut self, event: JourneyEvent) {
        let lang = self.journey.lang();
        let commands = self.journey.handle(event, self.now());
        if self.journey.lang() != lang {
            self.messages = Messages::new(self.journey.lang());
            if let Some(window) = self.window.upgrade() {
                binding::set_words(&window, &self.messages);
            }
        }
        self.execute(commands);
        self.update_reading();
        self.refresh();
    }

    /// Makes the watcher read only while the journey has a use for texts.
    fn update_reading(&mut self) {
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
            self.binding.show(&window, view);
        }
    }

    fn execute(&mut self, commands: Vec<JourneyCommand>) {
        for command in commands {
            match command {
                JourneyCommand::Read => self.submit(StoreJob::Read),
                JourneyCommand::Deposit {
                    product,
                    expected,
                    digits,
                } => self.submit(StoreJob::Deposit {
                    product,
                    expected,
                    digits,
                }),
                JourneyCommand::Remember(known) => self.submit(StoreJob::Remember(known)),
                JourneyCommand::Sound(kind) => sound::play(kind),
                JourneyCommand::Copy(text) => {
                    if let Some(window) = self.window.upgrade() {
                        window.invoke_copy(text.into());
                    }
                }
                JourneyCommand::ListCameras => self.list_cameras(),
                JourneyCommand::UseCamera(name) => {
                    self.settings.camera = Some(name.clone());
                    self.settings.write(&self.settings_file);
                    match &self.watcher {
                        Some(watcher) => watcher.choose(CameraChoice::Named(name)),
                        None => self.watch(CameraSource::Named(name)),
                    }
                }
                JourneyCommand::Mirrored(mirrored) => {
                    self.settings.mirrored = mirrored;
                    self.settings.write(&self.settings_file);
                }
            }
        }
    }

    fn submit(&self, job: StoreJob) {
        // The thread lives as long as this sender.
        let _ = self.jobs.send(job);
    }

    /// Lists the cameras on another thread, since a driver may block.
    fn list_cameras(&self) {
        let sender = self.sender.clone();
        let _ = thread::Builder::new()
            .name("list of cameras".to_owned())
            .spawn(move || sender.send(JourneyEvent::Cameras(camera_source::names())));
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

    /// What a key does, depending on what has the focus.
    fn key_command(&self, text: &str, control: bool, alt: bool) -> Option<KeyCommand> {
        let window = self.window.upgrade()?;
        let view = window.global::<ui::View>();
        let panel = view.get_panel();
        keys::command_for(
            text,
            KeyContext {
                in_field: panel == ui::Panel::Scan && view.get_in_field(),
                bursting: self.journey.is_bursting(self.now()),
                refused: panel == ui::Panel::Refused,
                control,
                alt,
            },
        )
    }
}

/// Connects the layout's callbacks to the shell.
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
        move |event: JourneyEvent| {
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
        move |index| handle(JourneyEvent::Action(Action::Pick(index.max(0) as usize)))
    });
    view.on_box({
        let handle = handler(shell);
        move |place| handle(JourneyEvent::Action(Action::Box(place.max(0) as usize)))
    });
    view.on_pasted({
        let handle = handler(shell);
        move |text| handle(JourneyEvent::Pasted(text.into()))
    });
    view.on_key({
        let (shell, window) = (Rc::downgrade(shell), window.as_weak());
        move |text, control, alt| {
            let (Some(shell), Some(window)) = (shell.upgrade(), window.upgrade()) else {
                return false;
            };
            let key_command = shell.borrow().key_command(&text, control, alt);
            match key_command {
                None => return false,
                Some(KeyCommand::Paste) => window.invoke_paste(),
                Some(KeyCommand::Input(input)) => {
                    if matches!(input, keys::KeyInput::Key(_)) {
                        let view = window.global::<ui::View>();
                        if !view.get_in_field() {
                            view.set_field_wanted(view.get_field_wanted().wrapping_add(1));
                        }
                    }
                    shell.borrow_mut().handle(input.into());
                }
            }
            true
        }
    });
}

/// Connects the layout's callbacks for images.
pub(super) fn symbols(window: &ui::MainWindow) {
    let view = window.global::<ui::View>();
    view.on_symbol(|text, most| paint::symbol(&text, most.max(0) as u32));
    view.on_tick_mark(|side| paint::tick(side.max(1) as u32));
}

/// The event of a button; `None` for paste, which only the layout can do.
fn action(act: ui::Act) -> Option<JourneyEvent> {
    Some(JourneyEvent::Action(match act {
        ui::Act::Submit => return Some(JourneyEvent::Enter),
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
