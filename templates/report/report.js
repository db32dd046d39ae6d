"use strict";
(function () {
  function find(id) { return document.getElementById(id); }
  function all(selector, inside) { return Array.from((inside || document).querySelectorAll(selector)); }
  function make(tag, text) {
    var element = document.createElement(tag);
    if (text) { element.textContent = text; }
    return element;
  }
  var collator = new Intl.Collator("zh-CN", { numeric: true });

  // Sorting ----------------------------------------------------------------------------------------------------------
  // A heading sorts one way, then the other, then as the rows stood at first.

  function amount(text) {
    var digits = text.replace(/[^\d.+-]/g, "");
    return digits === "" ? null : Number(digits);
  }

  function sort(heading, column) {
    var table = heading.closest("table"), body = table.tBodies[0], numbers = heading.dataset.kind === "number";
    var ways = numbers ? ["descending", "ascending", null] : ["ascending", "descending", null];
    var way = ways[ways.indexOf(heading.getAttribute("aria-sort")) + 1] || (heading.hasAttribute("aria-sort") ? null : ways[0]);
    var rows = Array.from(body.rows).map(function (row, place) {
      row.place = row.place === undefined ? place : row.place;
      var text = row.cells[column].textContent;
      return { row: row, value: numbers ? amount(text) : text === "—" ? null : text };
    });
    rows.sort(function (one, other) {
      if (way && (one.value === null || other.value === null) && one.value !== other.value) {
        return one.value === null ? 1 : -1;  // what is missing comes last either way
      }
      var order = !way || one.value === null ? 0 : numbers ? one.value - other.value : collator.compare(one.value, other.value);
      return (way === "descending" ? -order : order) || one.row.place - other.row.place;
    });
    all("[aria-sort]", table).forEach(function (each) { each.removeAttribute("aria-sort"); });
    if (way) { heading.setAttribute("aria-sort", way); }
    var sorted = document.createDocumentFragment();
    rows.forEach(function (each) { sorted.appendChild(each.row); });
    body.appendChild(sorted);
  }

  all("table").forEach(function (table) {
    var spanning = all("thead th[rowspan]", table).length;
    all("thead tr", table).forEach(function (line, level) {
      all("th[data-kind]", line).forEach(function (heading) {
        if (/none/.test(heading.dataset.kind)) { return; }
        var column = heading.cellIndex + (level ? spanning : 0), button = make("button", heading.textContent);
        button.type = "button";
        button.title = "点击排序";
        button.addEventListener("click", function () { sort(heading, column); });
        heading.textContent = "";
        heading.appendChild(button);
      });
    });
  });

  // Filtering --------------------------------------------------------------------------------------------------------

  function filterTable(target, controls) {
    var rows = Array.from(target.tBodies[0].rows), texts;
    var selects = controls.filter(function (control) { return control.dataset.column; });
    selects.forEach(function (select) {
      var found = new Set(rows.map(function (row) { return row.cells[select.dataset.column].textContent; }));
      found.delete("");
      select.hidden = found.size < 2;
      found.forEach(function (text) {
        var option = make("option", text);
        option.value = text;
        select.appendChild(option);
      });
    });
    return function (words) {
      texts = texts || rows.map(function (row) { return (target.classList.contains("wide") ? row.cells[0] : row).textContent.toLowerCase(); });
      var number = 0;
      rows.forEach(function (row, place) {
        var fits = words.every(function (word) { return texts[place].includes(word); }) && selects.every(function (select) {
          return !select.value || row.cells[select.dataset.column].textContent === select.value;
        });
        if (row.hidden === fits) { row.hidden = !fits; }
        number += fits;
      });
      return [number, rows.length];
    };
  }

  function filterFindings(target, controls) {
    var units = all("details", target), texts;
    var boxes = controls.filter(function (control) { return control.type === "checkbox"; });
    return function (words) {
      texts = texts || units.map(function (unit) {
        var name = unit.querySelector("summary").firstChild.textContent;
        return all("li", unit).map(function (line) { return { line: line, text: (name + " " + line.textContent).toLowerCase() }; });
      });
      var wanted = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      var number = 0, whole = 0;
      units.forEach(function (unit, place) {
        var before = number;
        texts[place].forEach(function (each) {
          var fits = wanted.includes(each.line.dataset.severity) && words.every(function (word) { return each.text.includes(word); });
          each.line.hidden = !fits;
          number += fits;
        });
        unit.hidden = number === before;
        whole += texts[place].length;
      });
      return [number, whole];
    };
  }

  all("[data-shown]").forEach(function (output) {
    var id = output.dataset.shown, target = find(id), controls = all('[data-filter="' + id + '"]');
    var filter = (target.tBodies ? filterTable : filterFindings)(target, controls);
    controls.forEach(function (control) {
      control.addEventListener("input", function () {
        var words = controls[0].value.toLowerCase().split(/\s+/), found = filter(words);
        output.textContent = found[0] === found[1] ? "" : "共" + found[1] + "条，显示" + found[0] + "条";
      });
    });
  });
  all(".tools").forEach(function (tools) { tools.hidden = false; });
  all("[data-open]").forEach(function (button) {
    button.addEventListener("click", function () {
      var units = all("details", find(button.dataset.open)), open = button.textContent === "全部展开";
      units.forEach(function (unit) { unit.open = open; });
      button.textContent = open ? "全部收起" : "全部展开";
    });
  });

  // Printing ---------------------------------------------------------------------------------------------------------
  // A sheet holds some columns only: whole items where they fit, with the units' names on each.

  var MOST_COLUMNS = 16, opened = [];

  function parts(table) {
    var found = [], last = 1;
    Array.from(table.tHead.rows[0].cells).slice(1).forEach(function (item) {
      var end = last + item.colSpan, previous = found[found.length - 1];
      if (previous && end - previous.first <= MOST_COLUMNS) {
        previous.end = end;
        last = end;
      }
      for (; last < end; last += MOST_COLUMNS) { found.push({ first: last, end: Math.min(end, last + MOST_COLUMNS) }); }
      last = end;
    });
    return found;
  }

  function part(table, columns) {
    var copy = make("table"), head = make("thead"), body = make("tbody"), titles = make("tr");
    copy.className = "printed";
    titles.appendChild(make("th", "填报单位"));
    Array.from(table.tHead.rows[1].cells).slice(columns.first - 1, columns.end - 1).forEach(function (title) {
      var cell = make("th", title.textContent);
      cell.dataset.kind = "number";
      titles.appendChild(cell);
    });
    head.appendChild(titles);
    Array.from(table.tBodies[0].rows).concat(Array.from(table.tFoot.rows)).forEach(function (row) {
      if (row.hidden) { return; }
      var line = make("tr");
      line.appendChild(make("th", row.cells[0].textContent));
      for (var column = columns.first; column < columns.end; column += 1) {
        line.appendChild(make("td", row.cells[column].textContent));
      }
      body.appendChild(line);
    });
    copy.appendChild(head);
    copy.appendChild(body);
    return copy;
  }

  window.addEventListener("beforeprint", function () {
    var table = find("table-units");
    parts(table).forEach(function (columns) { table.parentElement.appendChild(part(table, columns)); });
    document.body.classList.add("printing");
    opened = all("details:not([open])");
    opened.forEach(function (each) { each.open = true; });
  });
  window.addEventListener("afterprint", function () {
    all(".printed").forEach(function (each) { each.remove(); });
    document.body.classList.remove("printing");
    opened.forEach(function (each) { each.open = false; });
  });

  // Charts -----------------------------------------------------------------------------------------------------------

  var data = JSON.parse(find("data").textContent), drawn = [];
  var font = getComputedStyle(document.body).fontFamily;

  function bars(figure, rows, most) {
    var place = figure.querySelector(".plot"), space = place.clientWidth;
    place.style.height = rows.length * 24 + 12 + "px";
    var chart = echarts.getInstanceByDom(place);
    if (!chart) {
      // Sharp on paper too.
      chart = echarts.init(place, null, { devicePixelRatio: Math.max(2, window.devicePixelRatio || 1) });
      drawn.push(chart);
    } else { chart.resize(); }
    var names = Math.min(230, space * 0.4);
    function axis(column, width) {
      return { type: "category", inverse: true, data: rows.map(function (row) { return row[column]; }),
        axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { interval: 0, fontSize: 12, color: "#1d2530", width: width, overflow: "truncate", ellipsis: "…" } };
    }
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: font },
      grid: { left: names + 10, right: 130, top: 4, bottom: 4 },
      xAxis: { type: "value", show: false, min: 0, max: most },
      // The words of each bar stand in a column of their own, at the right.
      yAxis: [axis(0, names), axis(2, 125)],
      series: [{ type: "bar", barWidth: 14, itemStyle: { color: "#1f5c99" }, silent: true, showBackground: true,
        backgroundStyle: { color: "#e8edf3" }, data: rows.map(function (row) { return row[1]; }) }]
    }, true);
    return chart;
  }

  function show(id, rows, most) {
    var figure = find(id);
    figure.hidden = !rows.length;
    if (rows.length) { bars(figure, rows, most); }
  }

  var chosen = find("leading-chart").querySelector("select");
  data.leading.forEach(function (each) { chosen.appendChild(make("option", each.label)); });
  function draw() {
    show("activities-chart", data.activities, 100);
    show("reporting-chart", data.reporting, 100);
    var leading = data.leading[chosen.selectedIndex] || { label: "", bars: [] };
    show("leading-chart", leading.bars);
    find("leading-chart").querySelector(".chosen").textContent = leading.label;
  }
  chosen.addEventListener("change", draw);
  draw();
  find("charts").hidden = !drawn.length;
  var waiting;
  window.addEventListener("resize", function () {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  });
}());
