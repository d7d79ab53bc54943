"""What an author wrote in the form goes out in every kind of file and comes in again the same."""
from dataclasses import replace
from types import SimpleNamespace

import pytest
from werkzeug.datastructures import MultiDict

from quizzes.questions.actions import kept
from quizzes.questions.interchange import gift_out
from quizzes.questions.interchange.bank import draft_of, wording_of
from quizzes.questions.interchange.draft import KINDS as TOLD
from quizzes.questions.interchange.formats import WRITTEN, read
from quizzes.questions.kinds import KINDS

#: The fields of the form by kind, with all that a kind can be told.
FIELDS = {
    "single": [("o-1-vi", "Có"), ("o-1-en", "Yes"), ("right", "1"), ("o-2-vi", "Không"),
               ("o-2-feedback_vi", "Đọc lại Điều 5"), ("o-2-share", "33,33333"),
               ("o-3-vi", "Tất cả các đáp án trên"), ("o-3-last", "free"), ("partial", "1")],
    "multiple": [("o-1-vi", "Một"), ("right", "1"), ("o-2-vi", "Hai"), ("right", "2"),
                 ("o-3-vi", "Ba"), ("o-3-last", "last"), ("partial", "1")],
    "truefalse": [("right", "T")],
    "statements": [("o-1-vi", "Giáp Trung Quốc"), ("truth-1", "T"), ("o-2-vi", "Giáp Lào"),
                   ("truth-2", "F"), ("o-3-vi", "Có thác"), ("truth-3", "T"),
                   ("o-4-vi", "Có biển"), ("truth-4", "F"), ("scale", "official")],
    "short": [("accepted", "Quốc hội\n50% Nghị viện\n126/2025*"), ("diacritics", "1"),
              ("spaces", "1")],
    "number": [("accepted", "1.234,5"), ("tolerance", "0,5"), ("unit", "km"),
               ("unit_needed", "1")],
    "gaps": [("stem_vi", "Luật [[2]] từ năm [[1]], nguồn tin [[3]]"), ("g-1-kind", "number"),
             ("g-1-lines", "2026\n2.027"), ("g-1-tolerance", "0,5"), ("g-1-points", "0,5"),
             ("g-2-kind", "text"), ("g-2-lines", "Báo chí\nbáo chí"), ("g-2-diacritics", "1"),
             ("g-3-kind", "choice"), ("g-3-lines", "*được bảo vệ | protected\nkhông")],
    "matching": [("o-1-vi", "Cao Bằng"), ("m-1-vi", "Phja Oắc"), ("o-2-vi", "Lào Cai"),
                 ("m-2-vi", "Phan Xi Păng"), ("m-3-vi", "Bà Đen")],
    "ordering": [("o-1-vi", "Viết"), ("o-2-vi", "Duyệt"), ("o-3-vi", "Đăng")],
    "hotspot": [("picture", "ab" * 32), ("alt_vi", "Mẫu giấy"), ("width", "200"),
                ("height", "100"), ("o-1-vi", "Chỗ ký"), ("o-1-points", "10 20,5 30 40"),
                ("right", "1"), ("o-2-vi", "Góc"), ("o-2-shape", "circle"),
                ("o-2-points", "70 50 10")],
    "essay": [("r-1-vi", "Nêu điều luật"), ("r-1-points", "2,5"), ("most_words", "300"),
              ("markers", "2"), ("differ", "2")],
    "upload": [("types", ".pdf"), ("types", ".docx"), ("r-1-vi", "Đủ mẫu"), ("r-1-points", "5")],
    "description": [],
}
#: What each kind of file has no place for at all, and says so.
LEFT_OUT = {"gift": {"hotspot", "gaps", "upload"}, "qti": set(),
            "moodle-xml": {"hotspot"}, "xlsx": {"hotspot"}, "docx": {"hotspot"}}


def authored(kind):
    """The draft of a question as the form and the bank make it."""
    fields = MultiDict([("stem_vi", "Trình bày < 5 ý.")] + FIELDS[kind])
    fields.setlist("stem_vi", fields.getlist("stem_vi")[-1:])
    known = KINDS[kind]
    wording = kept(kind, {
        "stem_vi": fields["stem_vi"], "stem_en": "",
        "explanation_vi": "Xem Điều 5" if known.worth else "",
        "explanation_en": "", "basis": "Luật 126/2025/QH15", "valid_until": None,
        **known.written(fields)})
    assert list(known.lacks(SimpleNamespace(**wording))) == []
    return draft_of(SimpleNamespace(kind=kind, key=f"Q-{kind}", category="Luật / Nguồn tin",
                                    tags=["báo chí"], difficulty=3),
                    SimpleNamespace(**wording)), wording


def test_every_kind_is_among_them():
    assert set(FIELDS) == set(TOLD) == set(KINDS)


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.key)
@pytest.mark.parametrize("kind", FIELDS)
def test_it_comes_back_the_same_or_is_listed(kind, form):
    draft, _wording = authored(kind)
    writing = form.write([draft])
    found = read(writing.content, form.key)[1] if kind not in LEFT_OUT[form.key] else None

    if found is None:
        assert [lost.at for lost in writing.lost] == [draft.key]
    else:
        assert ([str(fault.why) for fault in found.faults], found.drafts) == ([], (draft,))


def test_what_is_said_after_a_text_between_questions_is_listed_where_it_is_lost():
    draft, _wording = authored("description")
    lost = gift_out.write([replace(draft, explanation_vi="Xem Điều 5")]).lost

    assert [one.at for one in lost] == [draft.key]


@pytest.mark.parametrize("kind", FIELDS)
def test_the_bank_holds_the_draft_as_it_held_the_question(kind):
    draft, _wording = authored(kind)
    again = wording_of(draft)

    assert draft_of(SimpleNamespace(kind=kind, key=draft.key, category="Luật / Nguồn tin",
                                    tags=["báo chí"], difficulty=3),
                    SimpleNamespace(**again)) == draft
