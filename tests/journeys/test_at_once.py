"""What reaches the server at the same moment is all kept, each in its place."""
import pytest

pytestmark = pytest.mark.browser

#: Empties the answer of the open page so many times at once, each as a device of its own.
AT_ONCE = """async (times) => {
  const { url } = document.querySelector("[data-slot]").dataset;
  const { token } = document.querySelector("[data-token]").dataset;
  const send = async (device) => {
    const answer = await fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ client: `device-${device}`, seq: 1, answer: [] }),
    });
    return answer.ok ? (await answer.json()).rev : answer.status;
  };
  return Promise.all([...Array(times).keys()].map(send));
}"""


def test_answers_that_arrive_at_once_stand_one_after_the_other(visit):
    trainee = visit("an.tv")
    trainee.open("/my-work")
    trainee.press("Xem mục lục")
    trainee.press("Bài kiểm tra cuối khóa")
    trainee.press("Bắt đầu làm bài")

    numbers = trainee.page.evaluate(AT_ONCE, 24)

    assert sorted(numbers) == list(range(1, 25))
