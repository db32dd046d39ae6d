"use strict";
(function () {
  var find = function (id) { return document.getElementById(id); };

  function sort(button) {
    var heading = button.parentElement, table = heading.closest("table"), body = table.tBodies[0];
    var column = heading.cellIndex, numbers = button.dataset.kind === "number";
    var descending = heading.getAttribute("aria-sort") === (numbers ? null : "ascending");
    if (numbers) { descending = heading.getAttribute("aria-sort") !== "descending"; }
    var rows = Array.from(body.rows).map(function (row, place) {
      var cell = row.cells[column];
      return { row: row, place: place, value: numbers ? cell.dataset.value : cell.textContent };
    });
    rows.sort(function (one, other) {
      // What is missing is last in either order.
      if (numbers && (one.value === "" || other.value === "")) { return (one.value === "") - (other.value === ""); }
      var order = numbers ? one.value - other.value : one.value.localeCompare(other.value, "zh-CN");
      return (descending ? -order : order) || one.place - other.place;
    });
    table.querySelectorAll("[aria-sort]").forEach(function (each) { each.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    rows.forEach(function (each) { body.appendChild(each.row); });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("th button");
    if (button) { sort(button); }
  });

  document.querySelectorAll("[data-filter]").forEach(function (input) {
    var target = find(input.dataset.filter);
    var rows = Array.from(target.tBodies ? target.tBodies[0].rows : target.querySelectorAll("[data-row]"));
    var texts;
    input.addEventListener("input", function () {
      var words = input.value.toLowerCase().split(/\s+/);
      texts = texts || rows.map(function (row) { return row.textContent.toLowerCase(); });
      rows.forEach(function (row, place) {
        row.hidden = !words.every(function (word) { return texts[place].includes(word); });
      });
    });
  });

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (each) { each.open = false; });
  });

  var font = getComputedStyle(document.body).fontFamily;
  function bars(place, title, names, values, unit) {
    var chart = echarts.getInstanceByDom(place) || echarts.init(place);
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: font },
      title: { text: title, left: "center", textStyle: { fontSize: 14 } },
      grid: { left: 8, right: 56, top: 36, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "value", axisLabel: { formatter: "{value}" + unit, hideOverlap: true } },
      yAxis: { type: "category", inverse: true, data: names,
        axisLabel: { interval: 0, fontSize: 11, width: 170, overflow: "truncate" } },
      series: [{ type: "bar", data: values, barMaxWidth: 26, itemStyle: { color: "#1f5c99" },
        label: { show: true, position: "right", formatter: "{c}" + unit, fontSize: 11 } }]
    }, true);
    return chart;
  }

  var data = JSON.parse(find("data").textContent);
  var shares = bars(find("chart-activities"), "开展各项活动的单位比例",
    data.activities.map(function (each) { return each[0]; }), data.activities.map(function (each) { return each[1]; }), "%");
  var figure = find("figure"), most = 20, units;
  function showUnits() {
    var column = Number(figure.value);
    var found = Array.from(find("table-units").tBodies[0].rows).map(function (row) {
      return [row.cells[0].textContent, row.cells[column].dataset.value];
    }).filter(function (each) { return each[1] !== ""; });
    found.sort(function (one, other) { return other[1] - one[1]; });
    found = found.slice(0, most);
    units = bars(find("chart-units"), figure.options[figure.selectedIndex].text + "（前" + most + "个单位）",
      found.map(function (each) { return each[0]; }), found.map(function (each) { return Number(each[1]); }), "");
  }
  if (figure.options.length) {
    figure.addEventListener("change", showUnits);
    showUnits();
  }
  function resize() { shares.resize(); if (units) { units.resize(); } }
  window.addEventListener("resize", resize);
  window.matchMedia("print").addEventListener("change", resize);
}());
