//! What stands before the text is named, and only what stands there.

use tidings::document::extract;
use tidings::model::Barrier;

use crate::page::{PARAGRAPHS, URL, paragraphs, read};

fn barrier(head: &str, body: &str) -> Option<Barrier> {
    read(head, body).barrier
}

/// The barrier of a page that is nothing but this.
fn bare(html: &str) -> Option<Barrier> {
    extract(html, URL).barrier
}

#[test]
fn a_preview_is_kept_with_its_paywall() {
    let data =
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>";
    let found = read(data, &paragraphs(2));
    assert_eq!(found.barrier, Some(Barrier::Paywall));
    assert!(found.html.contains(PARAGRAPHS[0]), "{}", found.html);
    for notice in [
        "Subscribe to continue reading",
        "This article is for subscribers only.",
        "Dieser Artikel ist nur für Abonnenten",
        "Article réservé aux abonnés",
        "Contenido exclusivo para suscriptores",
        "Dit artikel is alleen voor abonnees",
        "Contenuto riservato agli abbonati",
        "Conteúdo exclusivo para assinantes",
    ] {
        let body = format!("{}<div class=offer><p>{notice}</p></div>", paragraphs(2));
        assert_eq!(barrier("", &body), Some(Barrier::Paywall), "{notice}");
    }
    assert_eq!(barrier("", &format!("{}<div class=\"paywall\"></div>", paragraphs(2))), Some(Barrier::Paywall));
}

#[test]
fn registration_is_told_from_payment() {
    for notice in [
        "Please log in to continue",
        "Register for free to read this article",
        "Bitte melden Sie sich an, um den Artikel zu lesen",
        "Connectez-vous pour lire la suite",
        "Regístrate para seguir leyendo",
        "Log in om verder te lezen",
        "Accedi per continuare a leggere",
        "Cadastre-se para continuar lendo",
    ] {
        assert_eq!(barrier("", &format!("{}<p>{notice}</p>", paragraphs(1))), Some(Barrier::Registration), "{notice}");
    }
}

#[test]
fn pages_in_place_of_the_article_are_named() {
    for (html, named) in [
        (
            "<title>Just a moment...</title><body><div id=challenge-form></div><noscript>Enable JavaScript and cookies to continue</noscript>",
            Barrier::Challenge,
        ),
        (
            "<title>Harbour Post</title><body><script src=https://geo.captcha-delivery.com/c.js></script><p>Please wait.",
            Barrier::Challenge,
        ),
        (
            "<title>harbourpost.example</title><body><h1>We value your privacy</h1><p>We and our partners store information on your device.</p><button>Accept all</button>",
            Barrier::Consent,
        ),
        (
            "<title>Hafenpost</title><body><h2>Mit Werbung weiterlesen</h2><p>Besuchen Sie uns wie gewohnt mit Werbung und Cookies.</p>",
            Barrier::Consent,
        ),
        (
            "<title>Le Port</title><body><h2>Le respect de votre vie privée</h2><button>Continuer sans accepter</button>",
            Barrier::Consent,
        ),
        (
            "<title>Page not found - Harbour Post</title><body><h1>Page not found</h1><p>Try the <a href=/>front page</a>.</p>",
            Barrier::Missing,
        ),
        ("<title>Seite nicht gefunden</title><body><p>Die Seite gibt es nicht.</p>", Barrier::Missing),
        (
            "<title>Harbour Post</title><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=a.js></script>",
            Barrier::Script,
        ),
        ("<title>Harbour Post</title><body><div id=__next></div><script src=a.js></script>", Barrier::Script),
        (
            "<title>Harbour Post</title><body><ul><li><a href=/a>Crane falls at the quay</a><li><a href=/b>Barge sinks at the lock</a></ul>",
            Barrier::NoArticle,
        ),
        ("", Barrier::NoArticle),
    ] {
        assert_eq!(bare(html), Some(named), "{html}");
    }
}

#[test]
fn articles_about_such_things_have_no_barrier() {
    let mentions = [
        "Subscribe to continue reading, it says on every second page today, and publishers say that it works, by and large.",
        "Just a moment, the site then asks, and wants the reader to enable JavaScript, to accept cookies, and to find all traffic lights.",
        "Please log in to continue, others write; and who has forgotten the word is told that the page was not found.",
    ];
    let body: String = mentions.iter().map(|text| format!("<p>{text}</p>")).chain([paragraphs(6).repeat(6)]).collect();
    assert_eq!(barrier("", &body), None);
    // The frame of a site offers subscriptions on every page.
    let aside = "<aside><p>Subscribe to read all our news.</p></aside>";
    assert_eq!(barrier("", &format!("{}{aside}", paragraphs(6))), None);
    // Consent laid over a whole article.
    let banner = "<div id=\"onetrust-banner\"><p>We value your privacy</p><button>Accept all cookies</button></div>";
    assert_eq!(barrier("", &format!("{}{banner}", paragraphs(6).repeat(2))), None);
    assert_eq!(barrier("", &paragraphs(1)), None, "a short piece is an article too");
}

#[test]
fn a_paid_article_that_is_there_in_full_has_no_barrier() {
    let told = PARAGRAPHS.join(" ");
    let told = format!("{told} {told}");
    let data = format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\",\"articleBody\":\"{told}\"}}</script>"
    );
    assert_eq!(barrier(&data, &paragraphs(6).repeat(2)), None);
    assert_eq!(barrier(&data, &paragraphs(1)), Some(Barrier::Paywall));
}

#[test]
fn a_text_that_is_not_free_and_there_all_the_same_has_no_barrier() {
    let paid = |part: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"{part}}}</script>"
        )
    };
    let text = paragraphs(6).repeat(3);
    assert_eq!(barrier(&paid(""), &text), None, "the whole text is there");
    assert_eq!(barrier(&paid(""), &format!("<div class=\"paywall\">{text}</div>")), None, "it is what is paid for");
    let offer = "<div class=\"offer\"><p>Subscribe to continue reading</p></div>";
    assert_eq!(
        barrier(&paid(""), &format!("{text}{offer}")),
        Some(Barrier::Paywall),
        "the page says that there is more"
    );

    let part = ",\"hasPart\":{\"isAccessibleForFree\":false,\"cssSelector\":\".rest\"}";
    let (first, rest) = (paragraphs(4), paragraphs(6));
    assert_eq!(barrier(&paid(part), &format!("{first}<div class=rest>{rest}</div>")), None);
    for gone in [format!("{first}<div class=rest></div>"), text] {
        assert_eq!(barrier(&paid(part), &gone), Some(Barrier::Paywall), "{gone}");
    }
}
