//! Words that stand on news pages around articles, in the languages of the feeds that people read here: English, German,
//! French, Spanish, Portuguese, Dutch and Italian.

/// The line in lower case, its letters, digits and spaces only, one space between words.
pub(super) fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

/// How lines begin that point to other articles.
const POINTERS: &[&str] = &[
    "read more",
    "learn more",
    "read also",
    "also read",
    "read next",
    "related",
    "see also",
    "more on this",
    "more on",
    "more from",
    "recommended",
    "don t miss",
    "watch",
    "listen",
    "in pictures",
    "you may also like",
    "see more",
    "click here to",
    "read the full",
    "mehr zum thema",
    "lesen sie auch",
    "lesen sie mehr",
    "lesen sie hier",
    "lesen sie dazu",
    "mehr dazu",
    "mehr lesen",
    "siehe auch",
    "weiterlesen",
    "zum thema",
    "lire aussi",
    "à lire aussi",
    "a lire aussi",
    "lire également",
    "à lire également",
    "voir aussi",
    "sur le même sujet",
    "pour aller plus loin",
    "à lire",
    "lire la suite",
    "lea también",
    "lee también",
    "leer más",
    "le puede interesar",
    "te puede interesar",
    "más información",
    "ver también",
    "noticias relacionadas",
    "relacionado",
    "además",
    "leia também",
    "leia mais",
    "veja também",
    "saiba mais",
    "lees ook",
    "lees meer",
    "lees verder",
    "zie ook",
    "bekijk ook",
    "meer over",
    "leggi anche",
    "leggi di più",
    "leggi tutto",
    "vedi anche",
    "potrebbe interessarti",
    "guarda anche",
    "approfondisci",
    "correlati",
];

/// Words before a colon and a link to another article: `Read: ...`, `[Lire : ...]`.
const POINTING_WORDS: &[&str] = &[
    "read",
    "more",
    "see",
    "watch",
    "video",
    "opinion",
    "explainer",
    "lire",
    "voir",
    "vidéo",
    "lesen",
    "mehr",
    "lea",
    "lee",
    "leia",
    "veja",
    "lees",
    "bekijk",
    "leggi",
    "guarda",
];

/// What bracketed lines with a link ask for.
const OFFERS: &[&str] =
    &["inbox", "newsletter", "newsletters", "subscribe", "sign up", "app", "podcast", "whatsapp", "telegram"];

/// Lines that are furniture as a whole.
const FURNITURE: &[&str] = &[
    "advertisement",
    "advertising",
    "advert",
    "ad",
    "ads",
    "sponsored",
    "sponsored content",
    "promoted",
    "story continues below",
    "story continues below advertisement",
    "article continues below",
    "article continues after advertisement",
    "article continues below advertisement",
    "scroll to continue",
    "continue reading below",
    "skip advertisement",
    "skip to content",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "tweet",
    "email",
    "print",
    "comments",
    "comment",
    "leave a comment",
    "view comments",
    "show comments",
    "subscribe",
    "sign up",
    "save",
    "save article",
    "follow us",
    "loading",
    "play video",
    "play",
    "reuse content",
    "watch video",
    "close",
    "read the rest",
    "enlarge",
    "recommend",
    "video ad feedback",
    "feedback",
    "continue reading",
    "text size",
    "reset",
    "reprints",
    "permalink",
    "view gallery",
    "show more",
    "see all",
    "image",
    "photo",
    "photos",
    "video",
    "videos",
    "getty images",
    "listen",
    "listen to this article",
    "twittern",
    "mitteilen",
    "pocket",
    "e mail",
    "mehr anzeigen",
    "zur startseite",
    "merken",
    "gallery",
    "view comments",
    "back to top",
    "more",
    "next",
    "previous",
    "related",
    "anzeige",
    "werbung",
    "teilen",
    "drucken",
    "kommentare",
    "artikel teilen",
    "zur startseite",
    "publicité",
    "partager",
    "imprimer",
    "commentaires",
    "publicidad",
    "compartir",
    "comentarios",
    "advertentie",
    "reclame",
    "delen",
    "reacties",
    "pubblicità",
    "condividi",
    "commenti",
];

/// How lines begin that ask for something or tell of the page itself.
const REQUESTS: &[&str] = &[
    "sign up for our",
    "sign up to our",
    "sign up for the",
    "subscribe to our",
    "subscribe to the",
    "subscribe now",
    "get our newsletter",
    "follow us on",
    "like us on",
    "join us on",
    "click here to subscribe",
    "click here to sign up",
    "enter your email",
    "by signing up you",
    "this article was originally published",
    "this article originally appeared",
    "this story originally appeared",
    "a version of this article appears in print",
    "a version of this article appeared in print",
    "assine a newsletter",
    "inscreva se",
    "siga nos",
    "copyright 20",
    "all rights reserved",
    "share this article on",
    "you have successfully",
    "please enable javascript",
    "your browser does not support",
    "we use cookies",
    "this site uses cookies",
    "support our journalism",
    "download our app",
    "get the latest news",
    "melden sie sich für",
    "abonnieren sie",
    "folgen sie uns",
    "jetzt abonnieren",
    "newsletter abonnieren",
    "hier geht es zum newsletter",
    "inscrivez vous à",
    "abonnez vous",
    "suivez nous sur",
    "recevez notre",
    "suscríbete",
    "suscríbase",
    "síguenos en",
    "síganos en",
    "regístrate",
    "schrijf je in",
    "schrijf u in",
    "meld je aan",
    "volg ons",
    "abonneer",
    "iscriviti",
    "seguici su",
    "abbonati",
    "ricevi la newsletter",
];

/// How lines begin that follow the article: where it is filed, who posted it, whose it is.
const COLOPHON: &[&str] = &[
    "tags",
    "tag",
    "tagged",
    "topics",
    "topic",
    "filed under",
    "filed in",
    "posted by",
    "posted in",
    "posted on",
    "published in",
    "categories",
    "category",
    "more from",
    "via",
    "source",
    "sources",
    "pages",
    "next page",
    "page",
    "copyright",
    "email",
    "contact",
    "follow",
    "about the author",
    "you can follow",
    "first published",
    "last updated",
    "updated",
    "read the rest",
    "print",
    "schlagworte",
    "schlagwörter",
    "stichworte",
    "themen",
    "kategorien",
    "kategorie",
    "quelle",
    "quellen",
    "more about",
    "mehr von",
    "mehr zu",
    "autor",
    "seite",
    "mots clés",
    "catégories",
    "catégorie",
    "thèmes",
    "plus sur",
    "etiquetas",
    "temas",
    "archivado en",
    "categorías",
    "fuente",
    "más sobre",
    "onderwerpen",
    "trefwoorden",
    "bron",
    "categorie",
    "argomenti",
    "tag",
    "fonte",
    "categoria",
];

/// Headings over lists of other articles.
const HEADINGS: &[&str] = &[
    "related articles",
    "related stories",
    "related posts",
    "related news",
    "related content",
    "related topics",
    "related links",
    "related",
    "related coverage",
    "more stories",
    "more news",
    "more on this story",
    "more on this topic",
    "more like this",
    "most read",
    "most popular",
    "most viewed",
    "trending",
    "trending now",
    "latest news",
    "recommended",
    "recommended for you",
    "recommended stories",
    "you may also like",
    "you might also like",
    "read more",
    "read next",
    "see also",
    "top stories",
    "editor s picks",
    "mehr zum thema",
    "das könnte sie auch interessieren",
    "meistgelesen",
    "lesen sie auch",
    "verwandte artikel",
    "à lire aussi",
    "sur le même sujet",
    "lire aussi",
    "noticias relacionadas",
    "te puede interesar",
    "lo más leído",
    "lees ook",
    "meer over dit onderwerp",
    "leggi anche",
];

/// What links say to those who hear the page.
const SPOKEN: &[&str] = &[
    "opens a new window",
    "opens new window",
    "opens in a new window",
    "opens in new window",
    "opens a new tab",
    "opens in a new tab",
    "opens in new tab",
    "link opens in a new window",
    "external link",
    "öffnet in neuem fenster",
    "öffnet in einem neuen fenster",
    "nouvelle fenêtre",
    "ouvre une nouvelle fenêtre",
    "s ouvre dans une nouvelle fenêtre",
    "se abre en una ventana nueva",
    "abre em nova janela",
    "opent in een nieuw venster",
    "si apre in una nuova finestra",
];

/// Whether the text of an element within a line is said only to those who hear the page.
pub(super) fn is_spoken(text: &str) -> bool {
    SPOKEN.contains(&&*folded(text))
}

/// Whether a short line points to another article.
pub(super) fn points_elsewhere(line: &str) -> bool {
    let folded = folded(line);
    POINTERS.iter().any(|phrase| begins(&folded, phrase))
}

/// Whether a line that has a link is, as a whole, a word that points elsewhere and that link: `Read: Crane falls`.
pub(super) fn is_labelled_pointer(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '>', '»', '•', ' ']);
    let Some((word, rest)) = line.split_once(':') else { return false };
    !rest.trim().is_empty() && POINTING_WORDS.contains(&&*folded(word))
}

/// Whether a line with a link is a remark in brackets that asks to subscribe to something.
pub(super) fn is_bracketed_offer(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix(['[', '(']).and_then(|line| line.strip_suffix([']', ')'])) else {
        return false;
    };
    let words = format!(" {} ", folded(inner));
    OFFERS.iter().any(|offer| words.contains(&format!(" {offer} ")))
}

/// Whether a short line is furniture of the page.
pub(super) fn is_furniture(line: &str) -> bool {
    let folded = folded(line);
    FURNITURE.contains(&&*folded)
        || (folded.split(' ').count() <= 24 && REQUESTS.iter().any(|phrase| begins(&folded, phrase)))
}

/// Whether a short line after the article only tells where it is filed and whose it is.
pub(super) fn is_colophon(line: &str) -> bool {
    let folded = folded(line);
    let rights = line.trim_start().starts_with(['©', '«', '»']) || line.trim_end().ends_with(['»', '›', '→']);
    let words = folded.split(' ').count();
    (rights && words <= 14)
        || (words <= 16 && !line.ends_with(['.', '?', '!']) && COLOPHON.iter().any(|phrase| begins(&folded, phrase)))
}

/// Whether a short line heads a list of other articles.
pub(super) fn heads_links(line: &str) -> bool {
    HEADINGS.contains(&&*folded(line))
}

/// Whether a folded text begins with a folded phrase, at the end of a word.
fn begins(folded: &str, phrase: &str) -> bool {
    folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
