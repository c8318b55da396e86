"""Orders after the first, second, third message: what is drawn, said and refused."""

from __future__ import annotations

import pytest

import retention as rt
from retention.charts.message_response import describe_message_response, plot_message_response
from retention.charts.style import use_style
from retention.errors import ArgumentError

# Examples


def test_the_channel_with_the_most_messages_is_first_and_four_are_drawn(written_to):
    picture = describe_message_response(written_to)
    names = [bars.name for bars in picture.series]
    assert names == ["Zalo", "E-mail", "Tin nhắn của cửa hàng ở Đà Nẵng", "App"]
    assert picture.categories == ("First", "Second", "Third", "Fourth and later")
    assert "Groups with fewer messages that are not drawn: 1." in picture.footer
    assert picture.series[0].values == pytest.approx((0.24, 0.12, 0.08, 0.06))
    assert picture.series[0].low == pytest.approx((0.192, 0.096, 0.064, 0.048))
    # Nobody had a fourth e-mail: no bar, rather than one of height 0.
    assert picture.series[1].values[3] is None
    assert picture.finding == (
        "Zalo: an order follows 24.0% of first messages, 6.0% of fourth and later ones"
    )


def test_all_messages_together():
    table = rt.message_response(rt.sample_orders(), touches=rt.sample_touches(), by=None)
    picture = describe_message_response(table)
    (bars,) = picture.series
    assert (bars.name, bars.role) == ("All messages", "main")
    assert bars.values == tuple(table["response_rate"])
    assert "selection, not cause" in picture.footer
    axes = plot_message_response(table)
    assert [bar.get_height() for bar in axes.patches] == pytest.approx(
        table["response_rate"].tolist()
    )


def test_first_messages_alone_and_later_ones_alone(written_to):
    zalo = written_to[written_to["channel"] == "Zalo"]
    first = describe_message_response(zalo[zalo["message_number"] == 1])
    assert first.finding == "Zalo: an order follows 24.0% of the messages"
    assert describe_message_response(zalo[zalo["message_number"] > 1]).finding is None


def test_in_vietnamese(written_to):
    with use_style(language="vi"):
        picture = describe_message_response(written_to)
    assert picture.categories[0] == "Thứ nhất"
    assert "24,0%" in picture.finding


# Refusals


def test_a_number_twice_in_a_channel(written_to):
    with pytest.raises(ArgumentError, match="rows repeat the same channel and message_number"):
        describe_message_response(written_to.assign(channel="Zalo"))
