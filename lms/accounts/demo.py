"""Who can sign in to the demonstration."""

#: One password for all of them; it is shown on the sign-in page of the demonstration.
PASSWORD = "Cao Bang 2026"  # noqa: S105 - printed for everybody to see

#: User name, and who that is, in Vietnamese and English.
SIGN_INS = [
    ("an.lh", "Phụ trách đào tạo, toàn tỉnh", "Training officer, whole province"),
    ("ha.bv", "Người đầu mối, Sở Văn hóa, Thể thao và Du lịch",
     "Contact person, Department of Culture, Sports and Tourism"),
    ("hoa.bt", "Người đứng đầu, Báo và Phát thanh, Truyền hình Cao Bằng",
     "Head, Cao Bằng Newspaper, Radio and Television"),
    ("an.tv", "Giảng viên", "Trainer"),
    ("anh.ht", "Học viên, phóng viên", "Trainee, reporter"),
    ("pao.va", "Học viên, cán bộ", "Trainee, official"),
    ("vi.dt", "Người kiểm tra, toàn tỉnh", "Auditor, whole province"),
]


def sign_in_lines():
    """The sign-ins as lines for a terminal."""
    yield f"Sign in with the password: {PASSWORD}"
    for username, _vietnamese, english in SIGN_INS:
        yield f"  {username:<8} {english}"
