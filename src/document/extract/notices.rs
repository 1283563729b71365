//! The words of barriers, folded (lower case, letters and digits only), in English, German, French, Spanish, Dutch and
//! Italian. Each says that this text goes on for others only; a mere offer to subscribe stands on every page.

/// Texts for those who pay.
pub(super) const PAYWALLS: &[&str] = &[
    "subscribe to read", "subscribe to continue", "subscribe now to read", "subscribe now to continue", "subscribe to unlock", "subscribe for full access to this", "subscribe to keep reading", "this article is for subscribers", "this article is only for subscribers",
    "this article is exclusive to subscribers", "this content is for subscribers", "this content is for paying", "this story is for subscribers", "this is a subscriber only", "available to subscribers only", "for subscribers only", "exclusive to our subscribers",
    "to continue reading this article subscribe", "to continue reading subscribe", "unlock this article", "to read the full article subscribe", "to read the rest of this article", "this post is for paid subscribers", "this post is for paying subscribers", "become a subscriber to read", "purchase a subscription to",
    "you have reached your limit of free articles", "you ve reached your limit of free articles", "you have read your last free article", "you have used all your free articles",
    "mit abo weiterlesen", "jetzt abonnieren und weiterlesen", "dieser artikel ist nur für abonnenten", "nur für abonnenten", "diesen artikel weiterlesen mit", "um diesen artikel zu lesen", "exklusiv für abonnenten", "jetzt weiterlesen mit", "weiterlesen mit plus", "dieser inhalt ist abonnenten vorbehalten", "testen sie unser digitalabo um weiterzulesen",
    "article réservé aux abonnés", "réservé aux abonnés", "réservé à nos abonnés", "abonnez vous pour lire", "abonnez vous pour continuer", "pour lire la suite de cet article abonnez", "la suite est réservée aux abonnés", "il vous reste à lire",
    "contenido exclusivo para suscriptores", "exclusivo para suscriptores", "solo para suscriptores", "suscríbete para leer", "suscríbete para seguir leyendo", "suscríbase para leer", "para seguir leyendo suscríbete", "suscríbete para continuar leyendo",
    "alleen voor abonnees", "exclusief voor abonnees", "dit artikel is alleen voor abonnees", "lees verder met een abonnement", "word abonnee om verder te lezen", "neem een abonnement om verder te lezen", "abonneer je om verder te lezen",
    "contenuto riservato agli abbonati", "riservato agli abbonati", "abbonati per leggere", "abbonati per continuare", "per continuare a leggere abbonati", "questo articolo è riservato",
];

/// Texts for those who are known.
pub(super) const REGISTRATIONS: &[&str] = &[
    "register to continue reading", "register to read", "register for free to read", "register for free to continue", "please register to", "please log in to continue", "please log in to read", "please login to", "please sign in to continue", "please sign in to read", "log in to continue reading", "sign in to continue reading",
    "sign in to read", "log in to read the full", "login to read", "create a free account to", "create an account to continue", "you must be logged in to", "you need to be logged in to", "registration required", "sign up to read", "register or log in to", "register now to continue", "please register or log in",
    "bitte registrieren sie sich", "bitte melden sie sich an um", "melden sie sich an um weiterzulesen", "kostenlos registrieren und weiterlesen", "jetzt registrieren und weiterlesen", "anmelden um weiterzulesen", "bitte loggen sie sich ein", "nur für registrierte",
    "connectez vous pour lire", "connectez vous pour continuer", "inscrivez vous pour lire", "inscrivez vous pour continuer", "créez un compte pour lire", "créez un compte gratuit pour", "regístrate para leer", "regístrate para seguir leyendo", "regístrese para leer", "inicia sesión para seguir leyendo", "inicia sesión para leer",
    "log in om verder te lezen", "registreer om verder te lezen", "maak een gratis account om", "registreer je gratis om", "meld je aan om verder te lezen", "registrati per leggere", "registrati per continuare", "accedi per continuare", "accedi per leggere", "effettua il login per",
];

/// Pages that ask for consent.
pub(super) const CONSENTS: &[&str] = &[
    "before you continue to", "we value your privacy", "we and our partners store", "we and our partners use cookies", "your privacy is important to us", "we care about your privacy", "accept all cookies", "accept cookies to continue", "manage your cookie", "cookie consent", "consent or pay",
    "wir benötigen ihre zustimmung", "ihre privatsphäre ist uns wichtig", "mit werbung weiterlesen", "weiter mit werbung", "alle cookies akzeptieren", "zustimmen und weiter", "akzeptieren und weiter", "wir und unsere partner", "wir verwenden cookies und", "cookies zustimmen",
    "nous respectons votre vie privée", "le respect de votre vie privée", "accepter et continuer", "nous et nos partenaires", "continuer sans accepter", "tout accepter", "valoramos tu privacidad", "valoramos su privacidad", "tu privacidad es importante", "aceptar y continuar", "nosotros y nuestros socios", "aceptar todas las cookies",
    "wij respecteren je privacy", "jouw privacy", "wij en onze partners", "alle cookies accepteren", "akkoord en doorgaan", "geef toestemming voor cookies", "rispettiamo la tua privacy", "noi e i nostri partner", "accetta e continua", "accetta tutti i cookie", "il rispetto della tua privacy",
];

/// How titles begin of pages that want proof of a human.
pub(super) const CHALLENGES: &[&str] = &[
    "just a moment", "attention required", "access denied", "verify you are human", "verifying you are human", "are you a robot", "are you human", "security check", "pardon our interruption", "human verification", "bot verification", "one more step", "checking your browser", "please verify you are", "ddos guard", "robot check", "access to this page has been denied",
    "nur einen moment", "einen moment bitte", "sicherheitsprüfung", "sind sie ein mensch", "un instant", "vérification de sécurité", "êtes vous un robot", "accès refusé", "un momento", "verificación de seguridad", "acceso denegado", "eres un robot", "een ogenblik", "even geduld", "toegang geweigerd", "un attimo", "verifica di sicurezza", "accesso negato",
];

/// What the scripts of those pages have in them.
pub(super) const VENDORS_OF_CHALLENGES: &[&str] =
    &["_cf_chl_opt", "/cdn-cgi/challenge-platform/h/", "captcha-delivery.com", "px-captcha", "perimeterx", "_Incapsula_Resource", "awsWafCookieDomainList", "ak_bmsc_challenge", "geetest"];

/// How titles begin of pages that are not there.
pub(super) const MISSINGS: &[&str] = &[
    "404", "page not found", "not found", "error 404", "article not found", "page missing", "page no longer available", "this page does not exist", "this page doesn t exist", "sorry we can t find", "we can t find", "oops", "content not found", "page unavailable", "the page you requested", "410",
    "seite nicht gefunden", "fehler 404", "artikel nicht gefunden", "diese seite existiert nicht", "seite nicht verfügbar", "die seite wurde nicht gefunden", "page introuvable", "page non trouvée", "erreur 404", "article introuvable", "cette page n existe", "página no encontrada", "no se encontró la página", "error 404", "no encontrado", "la página no existe",
    "pagina niet gevonden", "niet gevonden", "deze pagina bestaat niet", "artikel niet gevonden", "fout 404", "pagina non trovata", "errore 404", "la pagina non esiste", "articolo non trovato",
];

/// Pages that are nothing without their scripts.
pub(super) const SCRIPTS: &[&str] = &[
    "enable javascript", "javascript is disabled", "javascript is required", "requires javascript", "turn on javascript", "javascript enabled", "need to enable javascript", "javascript to run this app", "aktivieren sie javascript", "javascript aktivieren", "javascript ist deaktiviert", "javascript muss aktiviert", "activer javascript", "activez javascript", "javascript est désactivé",
    "habilite javascript", "activar javascript", "active javascript", "habilitar javascript", "javascript está desactivado", "schakel javascript in", "javascript is uitgeschakeld", "javascript inschakelen", "abilita javascript", "abilitare javascript", "attiva javascript", "javascript è disabilitato",
];
