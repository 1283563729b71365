//! The articles. All of them are invented.

/// Names and markup.
pub(crate) const ALL: [(&str, &str); 5] =
    [("blocks", BLOCKS), ("scripts", SCRIPTS), ("rates", RATES), ("nested", NESTED), ("long", LONG)];

/// Every block once.
const BLOCKS: &str = r##"
<h1>Box rates rise for a third week</h1>
<p class="byline">By the <a href="/desk">rates desk</a></p>
<p>Spot rates from the Far East to <b>Northern Europe</b> rose by <em>4.5&nbsp;%</em>, the
<a href="https://index.example/weekly?utm_source=rss&amp;week=14">Quay Index</a> says<sup><a href="#fn1" id="r1">1</a></sup>.
A <abbr title="twenty-foot equivalent unit">TEU</abbr> now costs <s>$1,150</s> $1,200; CO<sub>2</sub> surcharges come on top.</p>
<figure><picture><source srcset="/p/quay-800.webp 800w, /p/quay-1600.webp 1600w"><img alt="Cranes over a quay"></picture>
<figcaption>Cranes at the north quay, before dawn. <span class="credit">© J. Doe | Quay Press</span></figcaption></figure>
<h2>What carriers say</h2>
<blockquote><p>We see no end of the queues before the holidays, and we plan accordingly.</p>
<p>— <cite>a spokeswoman</cite></p></blockquote>
<p>Three measures are planned:</p>
<ol type="a"><li>blank sailings in weeks 15 and 16,</li><li>slower steaming,</li>
<li>a surcharge, which is<ul><li>$200 for 20' boxes</li><li>$350 for 40' boxes</li></ul></li></ol>
<h3>Terms</h3>
<dl><dt>GRI</dt><dd>General rate increase: a carrier raises all rates of a lane on one day.</dd>
<dt>PSS</dt><dt>Peak season surcharge</dt><dd>Comes on top in autumn.</dd></dl>
<table><caption>Rates by lane</caption><thead><tr><th rowspan="2">Lane</th><th colspan="2">Dollars a box</th></tr>
<tr><th>20'</th><th>40'</th></tr></thead>
<tbody><tr><td>Far East – Northern Europe</td><td>1,200</td><td>2,150</td></tr>
<tr><td>Far East – West Coast</td><td>980</td><td>1,900</td></tr></tbody></table>
<iframe src="https://www.youtube.com/embed/q1w2e3" title="The queues seen from the air"></iframe>
<details><summary>How the index is made</summary><p>It is the median of what forwarders report.</p></details>
<pre>GET /v1/lanes/asia-europe
	{ "usd": 1200 }</pre>
<hr>
<section><ol><li id="fn1">Week 14, reported by 31 forwarders. <a href="#r1">↩︎</a></li></ol></section>
<p hidden>Not for reading.</p>
"##;

/// Scripts without spaces, from right to left, with marks above and below; emoji.
const SCRIPTS: &str = "
<h2>集装箱运价连续第三周上涨</h2>
<p>上海出口集装箱运价指数（简称“指数”）本周上涨4.5%，报1200点；欧洲航线每标准箱1150美元。分析人士认为，港口拥堵、空班增加，是主要原因。</p>
<p>コンテナ運賃が３週連続で上昇した。「港の混雑は年末まで続く」と船会社は話す。</p>
<p>부산항의 컨테이너 운임이 3주 연속 상승했다.</p>
<h2>ميناء جدة يعلن عن رصيف جديد</h2>
<p>أعلن ميناء جدة الإسلامي عن رصيف جديد للحاويات بطول 1200 متر، وفق بيان <a href=\"/jeddah\">هيئة الموانئ</a> أمس.</p>
<p>נמל חיפה פתח רציף חדש, כך נמסר היום.</p>
<p>ท่าเรือแหลมฉบังเปิดท่าเทียบเรือใหม่ในเดือนนี้ मुंबई बंदरगाह पर क्षमता बढ़ी।</p>
<p>Sail on 🚢 with the crew 👩‍🔧👨🏽‍✈️ under the flags 🇩🇪🇯🇵; Ge\u{301}nova, Zu\u{308}rich, Å\u{30a}ngstro\u{308}m. 1️⃣ 2️⃣</p>
<table><tr><th>港口</th><th>運賃 (USD)</th></tr><tr><td>上海</td><td>1,200</td></tr><tr><td>جدة</td><td>950</td></tr></table>
";

/// A table of twelve columns.
const RATES: &str = "
<p>All rates in dollars a forty-foot box, by month.</p>
<table><thead><tr><th>Lane<th>Jan<th>Feb<th>Mar<th>Apr<th>May<th>Jun<th>Jul<th>Aug<th>Sep<th>Oct<th>Nov</tr></thead>
<tr><td>Far East – North Europe<td>4,120<td>3,980<td>3,760<td>3,910<td>4,350<td>5,020<td>5,480<td>5,210<td>4,730<td>4,180<td>3,990
<tr><td>Far East – Mediterranean<td>4,870<td>4,610<td>4,290<td>4,400<td>4,880<td>5,390<td>5,760<td>5,500<td>5,020<td>4,460<td>4,230
<tr><td>Transpacific westbound<td>610<td>600<td>590<td>–<td>640<td>660<td>690<td>680<td>650<td>620<td>600
<tr><td colspan=11>Transatlantic: not reported any more<td>1,900
</table>
";

/// Lists in lists, quotes and code in lists.
const NESTED: &str = "
<ol start=\"9\"><li><p>Book the slot.</p><p>At least three weeks ahead, with the <code>POL</code> code.</p></li>
<li>Send the papers:<ul><li>bill of lading</li><li>packing list<ul><li>gross weight, also for empty pallets that go back</li><li>marks</li></ul></li></ul></li>
<li><blockquote>No papers, no box.<ul><li>Not today</li></ul></blockquote></li>
<li><pre>SEND UNH+1
  BGM+610</pre></li></ol>
<ol reversed type=\"I\"><li>last but two</li><li>last but one</li><li>last</li></ol>
<blockquote>outer<blockquote>inner<blockquote>innermost, with enough words to need more than one line at every width but the widest, and
then a few more so that the widest needs two as well</blockquote></blockquote></blockquote>
";

/// Addresses and words longer than a line.
const LONG: &str = "
<p>See https://index.example/lanes/asia-europe/weekly?year=2026&amp;week=14&amp;unit=usd-per-teu&amp;format=table#methods for all.</p>
<p>Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft meldet <b>Containerverladebrückenstörungsbeseitigung</b>.</p>
<p><a href='https://evil.invalid/pay'>https://bank.example/login</a> is not what it says.</p>
<figure><img src=/a.jpg alt='A very long description of a picture that nobody sees but everybody can read in full'></figure>
<pre>a_very_long_line_of_code_without_any_space_that_has_to_be_broken_somewhere(or_else) = it_is_lost_at_the_right_edge_of_the_pane;</pre>
<p>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</p>
";
