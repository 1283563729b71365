//! Words that stand on news pages around articles, in the languages of the feeds that people read here: English, German,
//! French, Spanish, Dutch and Italian.

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

/// Whether a short line points to another article.
pub(super) fn points_elsewhere(line: &str) -> bool {
    let folded = folded(line);
    POINTERS.iter().any(|phrase| begins(&folded, phrase))
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

/// Whether a short line at the top tells who wrote the article.
pub(super) fn is_byline(line: &str, author: Option<&str>) -> bool {
    let text = folded(line);
    if author.is_some_and(|author| {
        let author = folded(author);
        !author.is_empty()
            && (text == author
                || text == format!("by {author}")
                || text == format!("von {author}")
                || text == format!("par {author}")
                || text == format!("por {author}")
                || text == format!("door {author}")
                || text == format!("di {author}"))
    }) {
        return true;
    }
    // "By Ann Example, Reuters": short, and no sentence.
    let marked = ["By ", "BY ", "by ", "Von ", "Par ", "Por ", "Door ", "Written by ", "Posted by ", "Published by "];
    marked.iter().any(|mark| line.starts_with(mark))
        && text.split(' ').count() <= 9
        && !line.ends_with(['.', '?', '!'])
        && line.split_whitespace().skip(1).filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count()
            >= 2
}

/// Whether a short line is a date and hardly anything else.
pub(super) fn is_date_line(line: &str) -> bool {
    const AROUND: &[&str] = &[
        "published",
        "updated",
        "posted",
        "last",
        "modified",
        "on",
        "at",
        "am",
        "pm",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "bst",
        "cet",
        "cest",
        "ist",
        "pst",
        "pdt",
        "min",
        "mins",
        "minute",
        "minutes",
        "read",
        "time",
        "a",
        "p",
        "m",
        "the",
        "of",
        "uhr",
        "stand",
        "aktualisiert",
        "veröffentlicht",
        "am",
        "um",
        "publié",
        "le",
        "à",
        "mis",
        "jour",
        "h",
        "actualizado",
        "publicado",
        "el",
        "de",
        "las",
        "hrs",
        "gepubliceerd",
        "op",
        "om",
        "bijgewerkt",
        "pubblicato",
        "il",
        "alle",
        "ore",
        "aggiornato",
        "th",
        "st",
        "nd",
        "rd",
        "der",
        "den",
        "date",
        "ago",
        "hours",
        "hour",
        "days",
        "day",
    ];
    let text = folded(line);
    let mut months = 0;
    let mut numbers = 0;
    for word in text.split(' ') {
        if is_calendar_word(word) {
            months += 1;
        } else if word.chars().all(|c| c.is_ascii_digit()) {
            numbers += 1;
        } else if !AROUND.contains(&word)
            && !word.trim_start_matches(|c: char| c.is_ascii_digit()).is_empty()
            && !(word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5)
        {
            return false;
        }
    }
    numbers >= 1 && (months >= 1 || numbers >= 3) && text.split(' ').count() <= 16
}

fn is_calendar_word(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "mai",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "okt",
        "nov",
        "dec",
        "dez",
        "dic",
        "déc",
        "fév",
        "avr",
        "août",
        "ago",
        "gen",
        "mag",
        "giu",
        "lug",
        "set",
        "ott",
        "ene",
        "mrt",
        "mei",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "sonntag",
        "samstag",
        "dienstag",
        "donnerstag",
        "freitag",
        "mittwoch",
        "montag",
    ];
    word.chars().count() <= 10 && STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Whether a folded text begins with a folded phrase, at the end of a word.
fn begins(folded: &str, phrase: &str) -> bool {
    folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
