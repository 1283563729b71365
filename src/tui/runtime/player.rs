//! The user's player: `[programs] player`, else what the system opens such a file with. One plays at a time.

use std::process::Stdio;

use tokio::process::Child;
use tokio::sync::{mpsc, oneshot};
use url::Url;

use super::browser::{self, Surroundings, Way};
use super::program::{Argv, ending};
use crate::tui::event::{Answer, Event};
use crate::tui::request::RequestId;

/// How a file is played here.
pub(super) fn way(url: &Url, configured: &[String], around: &Surroundings) -> Way {
    Argv::new(configured, url.as_str()).map_or_else(|| around.system(url), |own| Way::Beside(vec![own]))
}

/// What plays.
#[derive(Debug, Default)]
pub(super) struct Player {
    /// Sent to: it shall stop. Dropped with the desk, which leaves it playing.
    playing: Option<oneshot::Sender<()>>,
}

impl Player {
    /// Plays a file in place of what plays; answers when it has begun, and tells when it fails later.
    pub(super) fn play(
        &mut self,
        id: RequestId,
        url: &Url,
        commands: Vec<Argv>,
        events: &mpsc::UnboundedSender<Event>,
    ) {
        self.stop();
        let events = events.clone();
        let [argv] = commands.as_slice() else {
            // The system's openers end at once, and what they opened is nobody's to stop.
            let url = url.clone();
            tokio::spawn(async move {
                let event = match browser::open(&url, commands).await {
                    Ok(_) => Event::Loaded(id, Box::new(Answer::Done("given to the system's player".to_owned()))),
                    Err(error) => Event::Failed(id, error.replace("browser", "player")),
                };
                events.send(event).ok();
            });
            return;
        };
        let name = argv.name();
        match argv.beside(Stdio::null()) {
            Err(error) => {
                let words = format!("the player `{name}` did not start: {error}; see [programs] player");
                events.send(Event::Failed(id, words)).ok();
            }
            Ok(child) => {
                let (stop, stopped) = oneshot::channel();
                self.playing = Some(stop);
                let words = format!("playing with {name}; x among the files stops it");
                events.send(Event::Loaded(id, Box::new(Answer::Done(words)))).ok();
                tokio::spawn(watch(child, name, stopped, events));
            }
        }
    }

    /// Stops what plays. False: nothing does.
    pub(super) fn stop(&mut self) -> bool {
        self.playing.take().is_some_and(|stop| stop.send(()).is_ok())
    }
}

async fn watch(mut child: Child, name: String, stopped: oneshot::Receiver<()>, events: mpsc::UnboundedSender<Event>) {
    let asked = async {
        if stopped.await.is_err() {
            // Nobody asked: the desk is gone, or another file plays.
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = child.wait() => {
            let words = match ended {
                Ok(status) if status.success() => return,
                Ok(status) => format!("the player `{name}` {}", ending(status)),
                Err(error) => format!("the player `{name}`: {error}"),
            };
            events.send(Event::Trouble(words)).ok();
        }
        () = asked => {
            if let Err(error) = child.kill().await {
                events.send(Event::Trouble(format!("the player `{name}` cannot be stopped: {error}"))).ok();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::request::{Requests, Slot};

    #[test]
    fn the_users_player_gets_the_address_and_over_ssh_the_system_has_none() {
        let url = Url::parse("https://quay.example/talk.mp3").unwrap();
        let own = ["mpv".to_owned(), "--no-video".to_owned()];
        let Way::Beside(commands) = way(&url, &own, &Surroundings::default()) else { panic!("a command") };
        assert_eq!(commands[0].words(), ["mpv", "--no-video", "https://quay.example/talk.mp3"]);
        assert!(matches!(way(&url, &[], &Surroundings::default()), Way::Nowhere(_)));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_player_that_fails_is_told_and_one_that_plays_can_be_stopped() {
        let url = Url::parse("https://quay.example/talk.mp3").unwrap();
        let (sender, mut events) = mpsc::unbounded_channel();
        let mut requests = Requests::default();
        let mut player = Player::default();
        let argv = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            vec![Argv::new(&words, url.as_str()).expect("a program")]
        };
        player.play(requests.open(Slot::Action), &url, argv(&["/no/such/player"]), &sender);
        assert!(matches!(events.recv().await, Some(Event::Failed(_, words)) if words.contains("/no/such/player")));
        assert!(!player.stop(), "nothing plays");
        player.play(requests.open(Slot::Action), &url, argv(&["false"]), &sender);
        assert!(matches!(events.recv().await, Some(Event::Loaded(..))));
        assert!(matches!(events.recv().await, Some(Event::Trouble(words)) if words.contains("exit status 1")));
        player.play(requests.open(Slot::Action), &url, argv(&["sh", "-c", "exec sleep 600", "%s"]), &sender);
        assert!(matches!(events.recv().await, Some(Event::Loaded(..))));
        assert!(player.stop() && !player.stop());
    }
}
