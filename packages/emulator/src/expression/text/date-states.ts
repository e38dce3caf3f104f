/** What stands in a text that holds a date, a time, or both: each number and name with what follows it. */
export type DateToken =
  | 'end'
  | 'number end'
  | 'number half'
  | 'number space'
  | 'number date'
  | 'number time'
  | 'month end'
  | 'month space'
  | 'month date'
  | 'weekday'
  | 'year space'
  | 'year date'
  | 'year end'
  | 'zone'
  | 'era'

/** How far a date or a time has come: N a number, M a month's name, Y a year, d a date separator behind it. */
export type DateState =
  | 'begin'
  | 'N'
  | 'NN'
  | 'Nd'
  | 'N-N'
  | 'NNd'
  | 'M'
  | 'MN'
  | 'NM'
  | 'MNd'
  | 'Y'
  | 'YN'
  | 'YNd'
  | 'YM'
  | 'YMd'
  | 'Nt'
  | 'NNt'

/** What is complete: a date of these parts, or a time of one to three numbers. */
export type DateEnd =
  | 'date NN'
  | 'date NNN'
  | 'date MN'
  | 'date NM'
  | 'date MNN'
  | 'date YNN'
  | 'date YMN'
  | 'date YN'
  | 'date YM'
  | 'date NNY'
  | 'time N'
  | 'time NN'
  | 'time NNN'

type Row = Partial<Record<DateToken, DateState | DateEnd>>

/** What a name of a month or a year in a complete date of two numbers comes to. */
const afterTwo: Row = {
  'month end': 'date MNN',
  'month space': 'date MNN',
  'year space': 'date NNY',
  'year end': 'date NNY',
}

const afterMonthDay: Row = {
  'number end': 'date MNN',
  'number half': 'date MNN',
  'number space': 'date MNN',
  'number time': 'Nt',
  'year space': 'date YMN',
  'year end': 'date YMN',
}

const afterYearNumber: Row = {
  'number end': 'date YNN',
  'number half': 'date YNN',
  'number space': 'date YNN',
  'month end': 'date YMN',
  'month space': 'date YMN',
}

const afterYearMonth: Row = { 'number end': 'date YMN', 'number half': 'date YMN', 'number space': 'date YMN' }

/** Where each thing leads; what is not here is wrong. */
export const dateStates: Readonly<Record<DateState, Row>> = {
  begin: {
    end: 'begin',
    'number half': 'time N',
    'number space': 'N',
    'number date': 'Nd',
    'number time': 'Nt',
    'month space': 'M',
    'month date': 'M',
    weekday: 'begin',
    'year space': 'Y',
    'year date': 'Y',
    zone: 'begin',
    era: 'begin',
  },
  N: {
    'number end': 'date NN',
    'number space': 'NN',
    'number date': 'NNd',
    'month end': 'date NM',
    'month space': 'NM',
    'month date': 'MNd',
    weekday: 'N',
    'year space': 'YN',
    'year date': 'YNd',
    'year end': 'date YN',
    zone: 'N',
    era: 'N',
  },
  NN: {
    end: 'date NN',
    'number end': 'date NNN',
    'number half': 'time N',
    'number space': 'date NNN',
    'number time': 'Nt',
    ...afterTwo,
    weekday: 'NN',
    zone: 'NN',
    era: 'NN',
  },
  Nd: {
    'number end': 'date NN',
    'number space': 'N-N',
    'number date': 'NNd',
    'month end': 'date NM',
    'month space': 'MN',
    'month date': 'MNd',
    weekday: 'Nd',
    'year space': 'YN',
    'year date': 'YNd',
    'year end': 'date YN',
    era: 'Nd',
  },
  'N-N': {
    end: 'date NN',
    'number end': 'date NNN',
    'number half': 'time N',
    'number space': 'date NNN',
    'number time': 'Nt',
    ...afterTwo,
    weekday: 'N-N',
    era: 'N-N',
  },
  NNd: {
    'number end': 'date NNN',
    'number half': 'date NNN',
    'number space': 'date NNN',
    ...afterTwo,
    weekday: 'NNd',
    era: 'NNd',
  },
  M: {
    'number end': 'date MN',
    'number space': 'MN',
    'number date': 'MNd',
    weekday: 'M',
    'year space': 'YM',
    'year date': 'YMd',
    'year end': 'date YM',
    era: 'M',
  },
  MN: { end: 'date MN', ...afterMonthDay, weekday: 'MN', era: 'MN' },
  NM: { end: 'date NM', ...afterMonthDay, weekday: 'NM', era: 'NM' },
  MNd: {
    'number end': 'date MNN',
    'number space': 'date MNN',
    weekday: 'MNd',
    'year space': 'date YMN',
    'year end': 'date YMN',
    era: 'MNd',
  },
  Y: {
    'number end': 'date YN',
    'number space': 'YN',
    'number date': 'YNd',
    'month end': 'date YM',
    'month space': 'YM',
    'month date': 'YMd',
    weekday: 'Y',
    era: 'Y',
  },
  YN: { end: 'date YN', ...afterYearNumber, weekday: 'YN', era: 'YN' },
  YNd: { ...afterYearNumber, weekday: 'YN', era: 'YN' },
  YM: { end: 'date YM', ...afterYearMonth, weekday: 'YM', era: 'YM' },
  YMd: { ...afterYearMonth, weekday: 'YM', era: 'YM' },
  Nt: {
    'number end': 'time NN',
    'number half': 'time NN',
    'number space': 'time NN',
    'number time': 'NNt',
    'month space': 'NM',
    zone: 'Nt',
    era: 'Nt',
  },
  NNt: {
    'number end': 'time NNN',
    'number half': 'time NNN',
    'number space': 'time NNN',
    weekday: 'NNt',
    zone: 'NNt',
    era: 'NNt',
  },
}
