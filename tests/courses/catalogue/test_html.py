"""What authors write is cleaned of everything that could act."""
import pytest

from courses.catalogue.html import cleaned, figure, recording


@pytest.mark.parametrize(("written", "kept"), [
    ("<p>Một <strong>hai</strong> <em>ba</em></p>", "<p>Một <strong>hai</strong> <em>ba</em></p>"),
    ("<h1>A</h1><div>b <b>c</b> <i>d</i></div>",
     "<h2>A</h2><p>b <strong>c</strong> <em>d</em></p>"),
    ('<p style="color:red" onclick="x()" class="y">a</p>', "<p>a</p>"),
    ("<p>a</p><script>alert(1)</script><style>p{}</style>", "<p>a</p>"),
    ('<p><a href="javascript:alert(1)">a</a></p>', '<p><a rel="noopener noreferrer">a</a></p>'),
    ('<p><a href="https://vbpl.vn/">a</a></p>',
     '<p><a href="https://vbpl.vn/" rel="noopener noreferrer">a</a></p>'),
    ('<p>a</p><iframe src="https://x.example"></iframe><svg onload="x()"></svg>', "<p>a</p>"),
    ("<p></p><p><br></p><p>a</p>", "<p>a</p>"),
    ("<ul><li>a</li></ul><blockquote>b</blockquote>",
     "<ul><li>a</li></ul><blockquote>b</blockquote>"),
])
def test_only_the_tags_of_a_text_remain(written, kept):
    assert cleaned(written) == kept


def test_a_table_keeps_its_caption_and_headings():
    table = ('<table><caption>c</caption><thead><tr><th scope="col">x</th></tr></thead>'
             '<tbody><tr><td colspan="2">y</td></tr></tbody></table>')

    assert cleaned(table) == table


def test_pictures_come_from_this_site_alone():
    own = figure("/files/12/hinh.webp", "Bản đồ", 40, 30)

    assert cleaned(own) == (
        '<figure><img src="/files/12/hinh.webp" alt="Bản đồ" width="40" height="30"'
        ' loading="lazy"></figure>')
    assert cleaned('<p>a</p><img src="https://x.example/a.png" alt="b">') == "<p>a</p>"
    assert cleaned('<p>a</p><img src="/files/../record" alt="b">') == "<p>a</p>"
    assert cleaned('<p>a</p><img src="data:image/png;base64,AA" alt="b">') == "<p>a</p>"


def test_text_without_tags_becomes_paragraphs():
    assert cleaned("Một\r\nhai\r\n\r\nBa & bốn < năm") == (
        "<p>Một<br>hai</p><p>Ba &amp; bốn &lt; năm</p>")


def test_nothing_stays_nothing():
    assert cleaned("") == cleaned("  ") == cleaned("<p>&nbsp;</p>") == ""


def test_cleaning_again_changes_nothing():
    once = cleaned('<div><b>a</b></div><table><tr><td>b</td></tr></table>')

    assert cleaned(once) == once


def test_the_words_of_a_picture_cannot_end_its_tag():
    assert figure("/files/1/hinh.webp", 'a" onerror="x', 1, 1) == (
        '<figure><img src="/files/1/hinh.webp" alt="a&#34; onerror=&#34;x" width="1" height="1"'
        ' loading="lazy"></figure>')


def test_a_recording_is_of_this_site_and_plays_only_when_it_is_asked_to():
    lines = recording("/files/7/am-thanh.mp3", "Tiếng <trống>")

    assert cleaned(lines) == (
        '<figure><audio src="/files/7/am-thanh.mp3" controls="" preload="none"></audio>'
        "<figcaption>Tiếng &lt;trống&gt;</figcaption></figure>")
    assert cleaned('<figure><audio src="https://x.example/a.mp3" autoplay></audio></figure>') == (
        "<figure></figure>")
