//! What faces ask of the engine to take something out of the library: clips and downloads.

use super::Downloading;
use super::clip;
use super::handle::{Answer, EngineHandle};
use crate::model::{ArticleId, StoryId};

impl EngineHandle {
    /// Clips an article to the user's file of clips; gives words for the toast, such as `clipped to ~/tidings-clips.md`.
    pub async fn clip(&self, id: ArticleId) -> Answer<String> {
        clip::article(&self.shared, id).await
    }

    /// Clips a story with all its sources; likewise.
    pub async fn clip_story(&self, id: StoryId) -> Answer<String> {
        clip::story(&self.shared, id).await
    }

    /// Downloads a file that is attached to an article into the folder of the config, going on with what an earlier download
    /// left; gives words for the toast. Notices tell how it goes. Makes requests.
    pub async fn download(&self, article: ArticleId, url: String) -> Answer<String> {
        super::download::run(&self.shared, article, &url).await
    }

    /// Where the file at this address is, if it was downloaded since the program began and is still there.
    #[must_use]
    pub fn downloaded(&self, url: &str) -> Option<std::path::PathBuf> {
        self.shared.downloads.here(url)
    }

    /// What is here of those files of an article, at these addresses, that came in part: a download goes on from there.
    pub async fn download_parts(&self, article: ArticleId, urls: Vec<String>) -> Answer<Vec<Downloading>> {
        super::download::parts(&self.shared, article, urls).await
    }

    /// Gives up the download of a file; what has come stays, for going on later.
    pub fn cancel_download(&self, url: &str) {
        self.shared.downloads.cancel(url);
    }
}
