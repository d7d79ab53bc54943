"""Somebody in two groups, a joiner with days of grace, an exemption: through the pages.

Every figure below is worked out by hand from the world of tests/world.py, where it is
25/11/2026: the department of culture has two officials, Hạ and Páo, who owe press law and the
kit by 14/12/2026; the newspaper has one reporter, Lan, who owes press law in ninety days from
01/01/2026, so by 01/04/2026.
"""
from io import BytesIO

from tests.world import PDF


def said(browser, unit, goal, on=""):
    """The sentence and the four parts of a figure, as the page of the unit says them."""
    page = browser.get(f"/units/{unit.id}/coverage?goal={goal.id}&on={on}")
    text = page.text
    start = text.index("Tính đến ngày")
    return text[start:text.index("Đường đến đích")]


def scan():
    """A paper, as a phone sends it."""
    return BytesIO(PDF), "giay.pdf"


def test_a_person_in_two_groups_learns_once_and_counts_in_both(world, browse):
    ha, an = browse(world.ha), browse(world.an)

    # Hạ also writes for the province's page: from 01/09/2026 he is a reporter too.  The goal of
    # reporters gives 90 days from that day: until 30/11/2026, so he is within time.
    an.post(f"/people/{world.ha.id}/memberships",
            {"group_id": world.reporters.id, "valid_from": "01/09/2026"})
    assert "0 trên 1 người đã đạt (0 %)" in said(an, world.department, world.goal_a)
    assert "1 còn hạn" in said(an, world.department, world.goal_a)
    assert "0 trên 2 người đã đạt (0 %)" in said(an, world.department, world.goal_b)

    # He learned press law elsewhere on 10/10/2026 and hands the certificate in.
    ha.post(f"/people/{world.ha.id}/learned-elsewhere", {
        "course_name": "Luật Báo chí", "institution": "Học viện Báo chí",
        "learned_on": "10/10/2026", "file": scan()})
    waiting = an.get("/learned-elsewhere?state=waiting")
    key = next(url for word, url in waiting.links.items() if word == "Luật Báo chí").split("/")[-1]
    an.post("/learned-elsewhere/acceptance",
            {"papers": [key], f"course{key}": world.press_law.id})

    # One training: the reporters' goal is met by it alone, the officials' needs the kit as well.
    assert "1 trên 1 người đã đạt (100 %)" in said(an, world.department, world.goal_a)
    assert "0 trên 2 người đã đạt (0 %)" in said(an, world.department, world.goal_b)

    # He reads the kit and confirms it: one of two officials is trained and equipped.
    ha.post(f"/courses/{world.kit.id}/studies")
    ha.post(f"/steps/{world.kit_book.id}/done", {"ack": "y"})
    assert "1 trên 2 người đã đạt (50,0 %)" in said(an, world.department, world.goal_b)

    # It counts from the day of the learning, not of the accepting.
    assert "0 trên 1 người đã đạt (0 %)" in said(an, world.department, world.goal_a, "09/10/2026")
    assert "1 trên 1 người đã đạt (100 %)" in said(an, world.department, world.goal_a,
                                                   "10/10/2026")

    # In the whole province he is one of two reporters and one of two officials: short are Lan
    # (overdue) and Páo, two people in two goals.
    province = an.get("/province").text
    assert ("2 chỉ tiêu có đặt mức: còn thiếu 2 người ; 1 người chưa được tập huấn đã quá hạn."
            in province)
    assert "Tỉnh Cao Bằng mỗi người tính một lần 50,0 % 1 trên 2 còn 1, 1 quá hạn" in province


def test_a_joiner_has_days_of_grace_and_is_late_only_after_them(world, browse):
    hoa = browse(world.hoa)

    # Hoa enters a reporter who begins on 01/11/2026: 90 days of grace end on 30/01/2027.
    entered = hoa.post("/people/new", {
        "full_name": "Sầm Thị Loan", "birth": "22/12/1998", "gender": "f", "phone": "",
        "unit_id": world.newspaper.id, "title": "Phóng viên", "valid_from": "01/11/2026"})
    hoa.post(f"{entered.location}/memberships",
             {"group_id": world.reporters.id, "valid_from": "01/11/2026"})

    # Lan is late since 01/04/2026, Loan is not: 66 days are left from 25/11/2026 to 30/01/2027.
    today = hoa.get(f"/units/{world.newspaper.id}/coverage?goal={world.goal_a.id}").text
    assert "0 trên 2 người đã đạt (0 %), chỉ tiêu 100 %: còn 2 người" in today
    assert "1 quá hạn , 1 còn hạn" in today
    assert "Sầm Thị Loan 1998 còn 66 ngày" in today
    # The day before she came there was one reporter; on 30/01/2027 she is still in time, on the
    # day after she is late: that is what "by the 90th day" means.
    assert "0 trên 1 người" in said(hoa, world.newspaper, world.goal_a, "31/10/2026")
    assert "1 quá hạn , 1 còn hạn" in said(hoa, world.newspaper, world.goal_a, "30/01/2027")
    assert "2 quá hạn ." in said(hoa, world.newspaper, world.goal_a, "31/01/2027")

    # The path of the newspaper: two to go, and no pace, because nobody was trained yet.
    path = hoa.get(f"/units/{world.newspaper.id}/goals/{world.goal_a.id}/path").text
    assert "còn 2 người" in path
    assert "Không có nhịp độ để tính" in path


def test_an_exemption_is_asked_for_approved_counted_and_ended(world, browse):
    ha, an, vi = browse(world.ha), browse(world.an), browse(world.vi)

    # From the page of the unit: Hạ asks to excuse himself during a course, 01/11 to 31/12.
    page = ha.get(f"/units/{world.department.id}/coverage?goal={world.goal_b.id}")
    asked = ha.follow(ha.post(page.links["Đề nghị miễn Bế Văn Hạ"], {
        "goal_id": world.goal_b.id, "kind": "study", "reason": "Quyết định 15",
        "valid_from": "01/11/2026", "valid_to": "01/01/2027", "file": scan()}))
    address = asked.links["quyet-dinh.pdf" if "quyet-dinh.pdf" in asked.links else "giay.pdf"]
    address = address.removesuffix("/scan")

    # Asked for is not exempt: 0 of 2.
    assert "0 trên 2 người đã đạt (0 %)" in said(an, world.department, world.goal_b)
    assert "2 đề nghị miễn chờ duyệt." in an.get("/province").links

    # The officer reads the scan and approves: required are 2 − 1 = 1.
    assert an.get(f"{address}/scan").response.mimetype == "application/pdf"
    an.post(f"{address}/decision", {"decision": "approve", "answer": "Đã xem quyết định"})
    figure = said(an, world.department, world.goal_b)
    assert "0 trên 1 người đã đạt (0 %)" in figure
    assert "1 còn hạn , 1 được miễn" in figure

    # By date: not on 31/10/2026, from 01/11 on, not any more on 01/01/2027.
    for on, words in (("31/10/2026", "0 trên 2"), ("01/11/2026", "0 trên 1"),
                      ("31/12/2026", "0 trên 1"), ("01/01/2027", "0 trên 2")):
        assert f"{words} người đã đạt" in said(an, world.department, world.goal_b, on)

    # 1 of 2 members is more than a tenth: the department is flagged, to the auditor as well.
    assert "1 đơn vị miễn quá một phần mười số người." in vi.get("/province").links
    assert "miễn 1 trên 2" in vi.get("/exemptions").text

    # He comes back early: ended from 20/11/2026, the days before stay exempt.
    ending = next(url for word, url in an.get("/exemptions").links.items()
                  if word == "Kết thúc Bế Văn Hạ")
    an.post(ending, {"on": "20/11/2026"})
    assert "0 trên 1 người đã đạt" in said(an, world.department, world.goal_b, "19/11/2026")
    assert "0 trên 2 người đã đạt" in said(an, world.department, world.goal_b)

    # And the look over all facts still finds nothing wrong.
    assert "Không có lỗi." in an.follow(an.post("/truth")).text
