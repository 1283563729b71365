//! What it costs to read and to lay out an article of 20 KB and a page of 1 MB: `cargo bench --bench layout`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measures")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use tidings::document::{Setting, find, layout, markdown, plain_text, read_html, text};

/// Columns of a comfortable measure.
const WIDTH: usize = 80;

/// A part of an article with all kinds of blocks, told apart by its number.
fn part(n: usize) -> String {
    let link = |k: usize| format!("<a href=\"https://quay.example/lanes/{n}/{k}?utm_source=rss\">lane {n}-{k}</a>");
    let prose = format!(
        "Box rates on the {} rose <b>again</b> this week, said the <em>Quay Index</em>, as carriers blanked sailings and \
         ports on both sides reported longer queues; forwarders expect {} to follow before the holidays. ",
        link(1),
        link(2)
    );
    let row = |k: usize| format!("<tr><td>Port {k}</td><td>{},{k}00</td><td>{n} days</td></tr>", k + 1);
    let rows = (0..6).map(row).collect::<Vec<_>>().concat();
    format!(
        "<h2>Week {n}</h2><p>{prose}</p><p>{prose}{prose}</p><blockquote><p>{prose}</p></blockquote>\
         <ul><li>First, {prose}</li><li>then <ol><li>blank sailings</li><li>全球集装箱运价上涨，港口拥堵。</li></ol></li></ul>\
         <figure><img src=\"/p/{n}.jpg\" alt=\"A quay\"><figcaption>The quay at dawn. Photo: J. Doe</figcaption></figure>\
         <table><tr><th>Port</th><th>USD</th><th>Transit</th></tr>{rows}</table><pre>lane {n}\n  rate 1200\n</pre>"
    )
}

/// Markup of at least so many bytes.
fn page(bytes: usize) -> String {
    let mut html = String::new();
    for n in 0.. {
        if html.len() >= bytes {
            break;
        }
        html.push_str(&part(n));
    }
    html
}

/// The median of many runs, and the best: what it costs when nothing else runs.
fn median(runs: usize, mut work: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[times.len() / 2], times[0])
}

fn measure(name: &str, html: &str, runs: usize) {
    let base = Some("https://quay.example/news/1");
    let setting = Setting { width: WIDTH, ..Setting::default() };
    let document = read_html(html, base);
    let lines = layout(&document, &setting);
    println!("{name}: {} bytes, {} lines, medians of {runs}", html.len(), lines.len());
    let print = |what: &str, (median, best): (Duration, Duration)| {
        println!("  {what:<16}{:>9.3} ms, at best{:>9.3} ms", median.as_secs_f64() * 1e3, best.as_secs_f64() * 1e3);
    };
    print("parse", median(runs, || drop(black_box(read_html(black_box(html), base)))));
    print("layout", median(runs, || drop(black_box(layout(black_box(&document), &setting)))));
    print("parse + layout", median(runs, || drop(black_box(layout(&read_html(black_box(html), base), &setting)))));
    print("markdown", median(runs, || drop(black_box(markdown(black_box(&document))))));
    print("text", median(runs, || drop(black_box(text(black_box(&document))))));
    print("plain_text", median(runs, || drop(black_box(plain_text(black_box(html))))));
    print("find", median(runs, || drop(black_box(find(black_box(&lines), "holidays")))));
}

fn main() {
    measure("article", &page(20_000), 201);
    measure("page", &page(1_000_000), 21);
    let lines: Vec<_> = {
        let document =
            read_html(&format!("<pre>{}", "Rates on the lane rose again, said the Quay Index\n".repeat(100_000)), None);
        layout(&document, &Setting { width: WIDTH, ..Setting::default() })
    };
    let (time, best) = median(11, || drop(black_box(find(black_box(&lines), "index rates"))));
    println!(
        "find in {} lines: {:.3} ms, at best {:.3} ms",
        lines.len(),
        time.as_secs_f64() * 1e3,
        best.as_secs_f64() * 1e3
    );
}
